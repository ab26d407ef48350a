namespace Swp.Bench.Reports.Plots;

/// <summary>Colours and letters of all plots.</summary>
internal static class PlotStyle
{
    /// <summary>How many series can be told apart.</summary>
    public const int SeriesCount = 6;

    public const string Css =
        """

        text { font-family: system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-size: 12.5px; fill: #1f2328; }
        .page { fill: #ffffff; stroke: #d1d9e0; }
        .heading { font-size: 15.5px; font-weight: 600; }
        .muted { fill: #59636e; font-size: 12px; }
        .tick { fill: #59636e; font-size: 11.5px; text-anchor: middle; }
        .group { font-weight: 600; }
        .label { text-anchor: end; }
        .own { font-weight: 600; }
        .ratio { fill: #59636e; }
        .absent { fill: #59636e; font-style: italic; }
        .grid { stroke: #e4e8ec; }
        .base { stroke: #818b98; }
        .bar { fill: #a9b4c0; }
        .bar-own { fill: #2f6fde; }
        .whisker { stroke: #1f2328; stroke-width: 1.4; fill: none; }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .spread { fill: none; stroke-width: 1.2; opacity: 0.7; }
        .s0 { stroke: #0b62c4; } .m0 { fill: #0b62c4; }
        .s1 { stroke: #c2410c; stroke-dasharray: 7 3; } .m1 { fill: #c2410c; }
        .s2 { stroke: #15803d; stroke-dasharray: 2 3; } .m2 { fill: #15803d; }
        .s3 { stroke: #9333a8; stroke-dasharray: 9 3 2 3; } .m3 { fill: #9333a8; }
        .s4 { stroke: #a16207; stroke-dasharray: 4 4; } .m4 { fill: #a16207; }
        .s5 { stroke: #57606a; stroke-dasharray: 12 4; } .m5 { fill: #57606a; }
        .spread { stroke-dasharray: none; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .page { fill: #0d1117; stroke: #3d444d; }
          .muted, .tick, .ratio, .absent { fill: #9aa4af; }
          .grid { stroke: #262c34; }
          .base { stroke: #656e79; }
          .bar { fill: #5d6773; }
          .bar-own { fill: #4a8cf5; }
          .whisker { stroke: #e6edf3; }
          .s0 { stroke: #58a6ff; } .m0 { fill: #58a6ff; }
          .s1 { stroke: #ff9a5c; } .m1 { fill: #ff9a5c; }
          .s2 { stroke: #4ac26b; } .m2 { fill: #4ac26b; }
          .s3 { stroke: #d18be6; } .m3 { fill: #d18be6; }
          .s4 { stroke: #e3b341; } .m4 { fill: #e3b341; }
          .s5 { stroke: #a8b1bb; } .m5 { fill: #a8b1bb; }
        }

        """;
}
