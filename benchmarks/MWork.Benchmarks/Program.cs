using System.Diagnostics;
using System.Runtime.InteropServices;
using MWork.Probes.Tensors.Managed;
unsafe {
int[][] shapes = [[256,256,256],[512,512,512],[1024,1024,1024],[2048,2048,2048]];
(int d,int r,int c)[] cfgs = [(256,192,1024),(256,96,1024),(256,192,2048),(320,192,1024),(256,384,1024),(256,192,512)];
foreach (var s in shapes) foreach (bool bt in new[]{false,true}) for(int t=1;t<=2;t++) {
 int m=s[0],n=s[1],k=s[2];
 float* A=(float*)NativeMemory.AlignedAlloc((nuint)(4L*m*k+64),64),B=(float*)NativeMemory.AlignedAlloc((nuint)(4L*n*k+64),64),C=(float*)NativeMemory.AlignedAlloc((nuint)(4L*m*n+64),64);
 var r=new Random(1); for(int i=0;i<m*k;i++)A[i]=r.NextSingle()-.5f; for(int i=0;i<n*k;i++)B[i]=r.NextSingle()-.5f;
 var best=new double[cfgs.Length]; Array.Fill(best,1e9); var w=new Workers(t);
 var sw=Stopwatch.StartNew();
 while(sw.ElapsedMilliseconds<2500) for(int c=0;c<cfgs.Length;c++){ GemmJob.DepthBlock=cfgs[c].d;GemmJob.RowBlock=cfgs[c].r;GemmJob.ColumnBlock=cfgs[c].c;
   long t0=Stopwatch.GetTimestamp(); Gemm.Multiply(w,m,n,k,A,k,1,B,bt?1:n,bt?k:1,C,n,false); var e=Stopwatch.GetElapsedTime(t0).TotalSeconds; if(e<best[c]){best[c]=e;}}
 Console.WriteLine($"{m} {(bt?"NT":"NN")} t{t}: "+string.Join("  ",cfgs.Select((c,i)=>$"{c.d}/{c.r}/{c.c}={2.0*m*n*k/best[i]/1e9:F1}")));
}}
