import yaml,sys,math,re
from pathlib import Path
from collections import Counter
sys.path.insert(0,'.')
from catalogue.validation.reader import read_method_file
from catalogue.model.sizes import runs
from catalogue.vocabulary import VOCABULARY
folder=Path('./methods')
S=yaml.safe_load(open('scenarios.yaml'))
M={p.stem:read_method_file(folder,p).method for p in folder.glob('*.md')}
RUNS={s:runs(m) for s,m in M.items()}
FAC={'none':0,'some':1,'specialist':2}
CON={'low':0,'medium':1,'high':2,'not-affected':1.2}
W=dict(purpose=5,audience=3,level=0.8,conflict=2,complexity=1,output=1,words=4,family=0)
def spec(values,all_counts,n=96):
    pass
pc=Counter(v for m in M.values() for v in m.purposes)
ac=Counter(v for m in M.values() for v in m.audience)
def s_purpose(m,ps):
    def one(p):
        if p in m.purposes:
            i=m.purposes.index(p)
            return [1.0,.8,.65,.55,.5][i]
        if p in m.supports: return .45
        return 0.0
    if not ps: return None
    v=[one(p) for p in ps]
    return v[0] if len(v)==1 else .65*v[0]+.35*max(v[1:])
def s_audience(m,aud):
    if not aud: return None
    def one(a):
        if a in m.audience:
            i=m.audience.index(a)
            # specific: fewer audiences, earlier
            return 1.0-0.08*i-0.04*(len(m.audience)-1)
        if a in m.audience_possible: return .5
        if 'general-public' in m.audience and a in('local-residents','service-users','cross-section','members','businesses'): return .45
        return .0
    v=[one(a) for a in aud]
    return sum(v)/len(v)*.5+max(v)*.5
LV=['inform','consult','involve','collaborate','empower']
def s_level(m,l):
    if not l: return None
    if not m.level: return .5
    d=min(abs(LV.index(x)-LV.index(l)) for x in m.level)
    return [1,.6,.3,.1,0][d]
def s_conf(m,c):
    if c in (None,'calm','low'): return None
    h=m.handles_conflict
    if not h: return .5
    need={'medium':1,'some':1,'high':2,'heated':2}[c]
    if h=='not-affected': return .8
    v=CON[h]
    return 1.0 if v>=need else (.4 if v==need-1 else 0)
def s_comp(m,c):
    if c in (None,'low','simple'): return None
    need={'medium':1,'some':1,'high':2,'hard':2}[c]
    v={'low':0,'medium':1,'high':2}.get(m.handles_complexity)
    if v is None: return .5
    return 1.0 if v>=need else (.5 if v==need-1 else .1)
# limits
def limit_states(r,a):
    st={}
    for n in('weeks','budget','hours'):
        v=a.get(n)
        if v is None: continue
        x=r.number_range(n)
        if x is None: st[n]='unknown'
        elif x.low>v: st[n]='breaks'
        elif x.high is not None and x.high<=v: st[n]='fits'
        else: st[n]='tight'
    p=a.get('people')
    if p:
        x=r.people
        if x is None: st['people']='unknown'
        elif x.low>p[1]: st['people']='breaks'
        elif x.high is not None and x.high<p[0]: st['people']='over'
        else: st['people']='fits'
    f=a.get('facilitation')
    if f and r.facilitation:
        d=FAC[r.facilitation]-FAC[f]
        st['facilitation']='fits' if d<=0 else ('tight' if d==1 else 'breaks')
    fm=a.get('format')
    if fm:
        fm=fm if isinstance(fm,list) else [fm]
        st['format']='fits' if set(fm)&set(r.format) or not r.format else 'breaks'
    return st
def must_state(m,k):
    if k in m.inclusion: return 'fits'
    if k in m.inclusion_possible: return 'tight'
    if k in m.inclusion_unsuitable: return 'breaks'
    return 'unknown'
PEN=dict(tight=.02,over=.06,unknown=.04)
STOP=set('the a an and of to in for we our i is are it that on with they have has be my at as or not but by from this who what so them their can do want would should about before into us people me been was were one all more than when how there it\'s don\'t no out up get just like some only if us any which while since'.split())
def toks(t): 
    out=[]
    for w in re.findall(r"[a-z]+",t.lower()):
        if w in STOP or len(w)<3: continue
        for suf in('ing','ed','es','s'):
            if w.endswith(suf) and len(w)-len(suf)>=4: w=w[:-len(suf)]; break
        out.append(w)
    return out
DOC={}
for s,m in M.items():
    secs={x.id:x.markdown for x in m.sections}
    t=' '.join(m.asked_as)*2+' '+m.summary+' '+secs.get('use-when','')+' '+(m.light.in_short if m.light else '')
    DOC[s]=Counter(toks(t))
df=Counter(w for d in DOC.values() for w in d); N=len(DOC); avg=sum(sum(d.values()) for d in DOC.values())/N
def bm25(text):
    q=Counter(toks(text)); out={}
    for s,d in DOC.items():
        dl=sum(d.values()); sc=0
        for w in q:
            if w in d:
                idf=math.log(1+(N-df[w]+.5)/(df[w]+.5)); tf=d[w]
                sc+=idf*tf*2.2/(tf+1.2*(1-.6+.6*dl/avg))
        out[s]=sc
    mx=max(out.values()) or 1
    return {s:v/mx for s,v in out.items()}
def suggest(sit,W=W,use_text=True,detail=False):
    a=sit['answers']; words=bm25(sit['story']) if use_text else {}
    res=[]
    for s,m in M.items():
        crit={}
        for name,v in(('purpose',s_purpose(m,a.get('purpose'))),('audience',s_audience(m,a.get('audience'))),('level',s_level(m,a.get('level') if isinstance(a.get('level'),str) else (a.get('level') or [None])[0])),('conflict',s_conf(m,a.get('conflict'))),('complexity',s_comp(m,a.get('complexity')))):
            if v is not None: crit[name]=v
        if words: crit['words']=words[s]
        tot=sum(W[k] for k in crit) or 1
        fit=sum(W[k]*v for k,v in crit.items())/tot
        # best size
        best=None
        for r in RUNS[s]:
            st=limit_states(r,a)
            if 'breaks' in st.values(): continue
            pen=sum(PEN.get(v,0) for v in st.values())
            if best is None or pen<best[0]: best=(pen,r.size,st)
        if best is None: continue
        key=fit-best[0]
        for k in a.get('must',[]):
            x=must_state(m,k)
            key-={'fits':0,'tight':.01,'unknown':.05,'breaks':.3}[x]
        if m.kind=='standing': key-=.06
        if a.get('conflict') in('high','heated') and 'feeds-row' in m.can_harm: key-=.08
        sp=s_purpose(m,a.get('purpose'))
        if sp is not None and sp==0: key-=.3
        res.append((key,s,best[1],crit))
    res.sort(key=lambda x:(-x[0],x[1]))
    # family variety
    out=[];fam=Counter();late=[]
    for r in res:
        f=M[r[1]].family
        if fam[f]>=2 and len(out)<5: late.append(r); continue
        fam[f]+=1; out.append(r)
        if len(out)==5: out+=late; late=[]
    return out
def measure(**kw):
    f1=f3=bad=rec=rk=0; n=0; miss=[]
    for s in S:
        if not s.get('ideal'): continue
        n+=1
        r=[x[1] for x in suggest(s,**kw)]
        ideal=[i for i in s['ideal'] if i in M]; badset={b['slug'] for b in s['bad']}
        f1+=r[0] in ideal; f3+=any(x in ideal for x in r[:3]); bad+=sum(x in badset for x in r[:5])
        rec+=len(set(r[:5])&set(ideal))/len(ideal)
        miss.append((s['id'],s['title'],r[:5],ideal,[x for x in r[:5] if x in badset]))
    return n,f1/n,f3/n,bad/n,rec/n,miss
if __name__=='__main__':
    for kw in ({}, {'use_text':False}):
        n,a,b,c,d,miss=measure(**kw); print(kw,n,f'first {a:.2f} in3 {b:.2f} bad5 {c:.2f} found5 {d:.2f}')
    n,a,b,c,d,miss=measure()
    if len(sys.argv)>1:
        for x in miss: print(*x,sep=' | ')
