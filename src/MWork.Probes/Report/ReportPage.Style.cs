namespace MWork.Probes.Report;

public sealed partial class ReportPage
{
    private const string Layout =
        """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;scroll-behavior:auto}
        body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 Charter,"Bitstream Charter","Iowan Old Style","Source Serif 4",Cambria,Georgia,serif,"Noto Naskh Arabic","Noto Sans Arabic";font-variant-numeric:oldstyle-nums;overflow-wrap:break-word}
        header.top,main,footer{max-width:1240px;margin:0 auto;padding:0 28px}
        header.top{padding-top:56px}
        h1{font-size:44px;line-height:1.1;letter-spacing:-.015em;font-weight:600;margin:.1em 0 .35em}
        h2{font-size:28px;line-height:1.22;letter-spacing:-.008em;font-weight:600;margin:0 0 .4em;max-width:34em;text-wrap:balance}
        h3{font-size:19px;line-height:1.3;font-weight:600;margin:40px 0 4px}
        p{margin:0 0 .7em;max-width:45em}
        .lead{font-size:21px;line-height:1.4}
        .over{max-width:none;font:600 13px/1.4 system-ui,sans-serif;color:var(--quiet);margin:0 0 4px}
        .quiet,.source,.caption{color:var(--quiet)}
        .caption{font-size:16px}
        a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:1px}
        a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        code{font:.82em ui-monospace,"SF Mono","DejaVu Sans Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
        .skip,.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .skip:focus{position:fixed;width:auto;height:auto;clip-path:none;background:var(--paper);padding:8px 14px;top:8px;left:8px;z-index:1}
        nav ul{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;margin:22px 0 0;padding:12px 0;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);font:15px/1.6 system-ui,sans-serif}
        nav a{text-decoration:none;padding:2px 0}
        nav a:hover{text-decoration:underline}
        main>section,.claim{padding-top:56px}
        .claim{border-top:1px solid var(--rule);margin-top:64px}
        .problems{border:2px solid var(--refuted);border-radius:6px;padding:14px 20px;margin:18px 0}
        .problems h2{font-size:19px}
        .problems ul{margin:0;padding-left:1.1em;font-size:15px}
        .glyph{vertical-align:-2px;flex:none}
        .legend{list-style:none;margin:0 0 14px;padding:0;display:flex;flex-wrap:wrap;gap:4px 26px;font:14px/1.5 system-ui,sans-serif;color:var(--quiet)}
        .legend b{color:var(--ink)}
        table{border-collapse:collapse;font:14.5px/1.4 system-ui,sans-serif;font-variant-numeric:tabular-nums lining-nums}
        th{text-align:left;font-weight:600}
        thead th{color:var(--quiet);font-weight:500;font-size:13px;vertical-align:bottom}
        .n{text-align:right;white-space:nowrap}
        .scroll{overflow-x:auto;max-width:100%}
        .glance{width:100%}
        .glance th[scope=row]{font-weight:400;padding:7px 16px 7px 0;min-width:250px}
        .glance th[scope=row] a{font-weight:600;display:inline-block;min-width:2em}
        .glance .up{height:1px;padding:0 0 8px;text-align:center}
        .glance .up span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;font-size:13px;line-height:1.1;display:inline-block;max-height:200px;overflow:hidden;text-overflow:ellipsis}
        .glance td{text-align:center;padding:5px 3px;min-width:40px}
        .glance tbody tr{border-top:1px solid var(--rule)}
        .glance .effect{display:block;font-size:12px;line-height:1.2;color:var(--quiet)}
        .glance .surprise{outline:2px solid var(--ink);outline-offset:-2px;border-radius:5px}
        .criteria{list-style:none;margin:0 0 8px;padding:0;display:flex;flex-wrap:wrap;gap:4px 28px;font:15px/1.5 system-ui,sans-serif}
        details{margin:10px 0}
        summary{cursor:pointer;color:var(--link);font:14.5px/1.5 system-ui,sans-serif}
        .protocol{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,250px),1fr));gap:2px 28px;margin:8px 0;font:14px/1.5 system-ui,sans-serif}
        .protocol div{display:flex;justify-content:space-between;gap:12px;border-bottom:1px solid var(--rule)}
        .protocol dd{margin:0;font-variant-numeric:tabular-nums;text-align:right;overflow-wrap:anywhere}
        .protocol dt{color:var(--quiet)}
        .results{width:100%;margin:18px 0 6px}
        .results td,.results th{padding:8px 18px 8px 0;vertical-align:baseline}
        .results td:last-child,.results th:last-child{padding-right:0}
        .results tbody tr{border-top:1px solid var(--rule)}
        .results .verdict{white-space:nowrap}
        .results th[scope=row]{min-width:218px}
        .results .crit{min-width:190px;color:var(--quiet)}
        .why{display:block;font-size:13.5px;line-height:1.4;max-width:60ch}
        .unexpected{display:block;font-weight:600;color:var(--refuted)}
        .words{margin-top:20px}
        .words th,.words td{padding:8px 24px 8px 0;vertical-align:top;border-top:1px solid var(--rule)}
        .words thead th{border-top:0}
        .words td,.words tbody th{width:36%}
        .words tbody th{width:22%}
        .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr));gap:30px 40px;margin-top:16px}
        figure{margin:0;min-width:0}
        .chart{display:block;width:100%;max-width:430px;height:auto;overflow:visible}
        .data{margin:4px 0 0}
        .data summary{font-size:13px}
        .numbers{font-size:13.5px}
        .numbers th,.numbers td{padding:4px 16px 4px 0;border-top:1px solid var(--rule);white-space:nowrap}
        .numbers tbody th{font-weight:400}
        .subjects{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr));gap:22px 40px;margin:0}
        .subjects dt{font-weight:600}
        .subjects dd{margin:2px 0 0;font-size:16px;line-height:1.45}
        .subjects dd.quiet{font-size:14.5px}
        footer{padding:40px 28px 70px;color:var(--quiet);font-size:15px}
        @media (max-width:1100px){.glance .effect,.glance .wide{display:none}.glance th[scope=row]{min-width:0;padding-right:8px}.glance td{min-width:20px;padding:6px 1px}.glance{width:auto}}
        @media (max-width:760px){
        header.top,main,footer{padding-left:16px;padding-right:16px}
        header.top{padding-top:30px}
        h1{font-size:34px}h2{font-size:24px}.lead{font-size:19px}
        .glance .up span{font-size:11.5px}
        .stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .stack,.stack tbody,.stack tr,.stack th,.stack td{display:block;width:auto}
        .results tbody tr{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:2px 10px;padding:10px 0}
        .results td,.results th,.words td,.words tbody th{padding:0;width:auto}
        .results th[scope=row],.results .crit{grid-column:1/-1;min-width:0}
        .results .verdict{grid-column:1/-1;white-space:normal}
        .results .n{text-align:left;white-space:normal}
        .results td[data-label]::before{content:attr(data-label);display:block;font-size:12px;line-height:1.3;color:var(--quiet)}
        .results td[data-label=CI]{grid-column:span 2}
        .results.moved td{grid-column:1/-1}
        .results.moved td[data-label]::before{display:inline-block;min-width:4.5em;font-size:13px}
        .words tr{padding:10px 0;border-top:1px solid var(--rule)}
        .words th,.words td{border:0}
        .words td::before{content:attr(data-label) ": ";color:var(--quiet)}
        .words thead+tbody tr th{margin-bottom:2px}
        }
        @media print{
        body{font-size:10.5pt}
        header.top,main,footer{max-width:none;padding:0}
        nav,.skip,.asides{display:none}
        figure,tr,.problems{break-inside:avoid}
        h2,h3{break-after:avoid}
        .claim{margin-top:24pt;padding-top:18pt}
        .scroll{overflow:visible}
        .plots{grid-template-columns:repeat(3,1fr);gap:12pt 16pt}
        .data{display:none}
        .glance .wide{display:none}
        }
        """;

    private static Markup Style() => new Markup().AddTrusted(Palette.Css()).AddTrusted(Picture.Css).AddTrusted("\n").AddTrusted(Layout);
}
