import yaml,sys,hashlib
sys.path.insert(0,'.')
from quantities import find_quantities
P=yaml.safe_load(open('phrases.yaml'))
half=sys.argv[1]
tp=fp=fn=0; whole=0;n=0
for p in P:
    h=int(hashlib.md5(p['q'].encode()).hexdigest(),16)%2
    if half!='all' and h!=int(half): continue
    n+=1
    want={k:tuple(float(x) for x in v) for k,v in p.items() if k!='q'}
    got={}
    for q in find_quantities(p['q']): got.setdefault(q.name,(q.low,q.high))
    ok=True
    for k in set(want)|set(got):
        if k in want and k in got and all(abs(a-b)<=0.02*max(1,a) for a,b in zip(want[k],got[k])): tp+=1
        else:
            ok=False
            if k in got: fp+=1
            if k in want: fn+=1
    whole+=ok
    if not ok and len(sys.argv)>2: print(p['q'],'| want',want,'| got',got)
print(half,n,'whole',round(whole/n,3),'precision',round(tp/(tp+fp),3),'recall',round(tp/(tp+fn),3))
