using System.CommandLine;
using Swp.Samples.Caller;
using Swp.Devices;
using Swp.Samples.Common;

var url = new Option<Uri>("--url")
{
    Description = "Where to connect.",
    DefaultValueFactory = _ => new Uri("ws://localhost:8081/wss/caller"),
    CustomParser = result =>
    {
        if (!ServerUrl.TryParse(result.Tokens[0].Value, out var parsed))
        {
            result.AddError(ServerUrl.Rule);
        }

        return parsed;
    },
};
var id = new Option<string>("--id") { Description = "This screen's id: the clinic's number.", DefaultValueFactory = _ => "999" };
var delay = new Option<int>("--delay")
{
    Description = "Milliseconds to wait before answering a call.",
    DefaultValueFactory = _ => 0,
    CustomParser = result =>
    {
        if (!int.TryParse(result.Tokens[0].Value, out var milliseconds) || milliseconds < 0)
        {
            result.AddError("--delay is a whole number of milliseconds, 0 or more.");
        }

        return milliseconds;
    },
};
var verbose = new Option<bool>("--verbose") { Description = "Print every message." };

var command = new RootCommand("A clinic's queue-calling screen: shows the calls it is sent and answers them.") { url, id, delay, verbose };
command.SetAction(async (arguments, cancellationToken) =>
{
    var screen = new CallScreen(TimeSpan.FromMilliseconds(arguments.GetValue(delay)), Terminal.Log);
    var client = new DeviceClient(new DeviceClientOptions
    {
        Url = arguments.GetValue(url)!,
        ClientId = arguments.GetValue(id)!,
        Log = Terminal.Log,
        Trace = arguments.GetValue(verbose) ? Terminal.Log : null,
    })
    {
        OnRequest = (question, stop) => screen.ShowAsync(question.Data, stop),
    };

    var exit = await client.RunAsync(cancellationToken);
    Terminal.Log(exit.Reason);
    return exit.ExitCode;
});

// Ctrl+C cancels the token above; the client says good-bye within this time.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(6) });
