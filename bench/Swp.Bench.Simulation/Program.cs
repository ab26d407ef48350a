using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Swp.Bench.Simulation;

const int WidthOfAFile = 120;

var clients = new Option<int>("--clients") { Description = "How many lose their connection at once.", DefaultValueFactory = _ => 1_000_000 };
var gateways = new Option<int>("--gateways") { Description = "How many gateways take them.", DefaultValueFactory = _ => 10 };
var connects = new Option<int[]>("--connects-per-second")
{
    Description = "Swp:MaxConnectsPerSecond of each gateway, one run for each; 0: no limit.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [0, 1000, 400, 100],
};
var fixedDelay = new Option<double>("--fixed-delay") { Description = "Clients without a back-off, which wait for so many seconds." };
var seed = new Option<int>("--seed") { Description = "Repeats another run.", DefaultValueFactory = _ => 1 };
foreach (var option in new[] { clients, gateways })
{
    option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is < 1 or > 20_000_000)
        {
            result.AddError("From 1 to 20,000,000.");
        }
    });
}

connects.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int[]>()?.Any(perSecond => perSecond is < 0 or > 100_000) == true)
    {
        result.AddError("From 0 to 100,000.");
    }
});

var command = new RootCommand("Simulates the storm after all clients have lost their connections at once: their back-off, and the gateways' limit of connects.") { clients, gateways, connects, fixedDelay, seed };
command.SetAction(arguments =>
{
    var table = new Table().AddColumns("MaxConnectsPerSecond", "50 % connected", "99 %", "100 %", "attempts a client", "most attempts/s", "most connects/s");
    var all = arguments.GetValue(clients);
    foreach (var perSecond in arguments.GetValue(connects) ?? [])
    {
        var options = new StormOptions
        {
            Clients = all,
            Gateways = arguments.GetValue(gateways),
            ConnectsPerSecond = perSecond,
            FixedDelay = arguments.GetValue(fixedDelay) is > 0 and var delay ? TimeSpan.FromSeconds(delay) : null,
            Seed = arguments.GetValue(seed),
        };
        var result = AnsiConsole.Status().Start(Text($"{perSecond} a second …"), status => Storm.Run(options, connected =>
        {
            if (connected % 100_000 == 0)
            {
                status.Status(Text($"{perSecond} a second: {connected:N0} of {all:N0} connected …"));
            }
        }));
        table.AddRow(
            perSecond == 0 ? "no limit" : Text($"{perSecond:N0}"),
            Seconds(result.Half),
            Seconds(result.Nearly),
            Seconds(result.All),
            Text($"{(double)result.Attempts / all:0.0}"),
            Text($"{result.PeakAttempts:N0}"),
            Text($"{result.PeakConnects:N0}"));
    }

    if (Console.IsOutputRedirected)
    {
        AnsiConsole.Profile.Width = WidthOfAFile;
    }

    AnsiConsole.Write(table);
});
return await command.Parse(args).InvokeAsync();

static string Seconds(TimeSpan time) => Text($"{time.TotalSeconds:N1} s");

static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
