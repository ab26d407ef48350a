using System.CommandLine;
using Swp.Devices;
using Swp.Samples.Common;
using Swp.Samples.His;

var url = new Option<Uri>("--url")
{
    Description = "Where to connect.",
    DefaultValueFactory = _ => new Uri("ws://localhost:8081/wss/his"),
    CustomParser = result =>
    {
        if (!ServerUrl.TryParse(result.Tokens[0].Value, out var parsed))
        {
            result.AddError(ServerUrl.Rule);
        }

        return parsed;
    },
};
var id = new Option<string>("--id") { Description = "This hospital system's id.", DefaultValueFactory = _ => "clinic-1" };
var busiType = new Option<string[]>("--busi-type")
{
    Description = "What to ask for; may be repeated.",
    DefaultValueFactory = _ => ["feeItem", "diagnosis", "prescription", "material"],
};
var itemType = new Option<string?>("--item-type") { Description = "Only this category, for example examination." };
var modifyTime = new Option<string?>("--modify-time") { Description = "Only what was modified since, for example \"2025-01-01 00:00:00\"." };
var medicineType = new Option<string?>("--medicine-type") { Description = "With prescription: western, patent or herbal." };
var pageSize = new Option<int>("--page-size") { Description = "Items on a page.", DefaultValueFactory = _ => 20 };
var once = new Option<bool>("--once") { Description = "Leave when every page was printed." };
var verbose = new Option<bool>("--verbose") { Description = "Print every message." };

var command = new RootCommand("A hospital system: asks for the clinic's items page by page, and answers by echo.")
{
    url, id, busiType, itemType, modifyTime, medicineType, pageSize, once, verbose,
};
command.SetAction(async (arguments, cancellationToken) =>
{
    var client = new DeviceClient(new DeviceClientOptions
    {
        Url = arguments.GetValue(url)!,
        ClientId = arguments.GetValue(id)!,
        Log = Terminal.Log,
        Trace = arguments.GetValue(verbose) ? Terminal.Log : null,
    });
    var queries = arguments.GetValue(busiType)!.Select(busiType => new PageQuery
    {
        BusiType = busiType,
        ItemType = arguments.GetValue(itemType),
        ModifyTime = arguments.GetValue(modifyTime),
        MedicineType = arguments.GetValue(medicineType),
        PageSize = arguments.GetValue(pageSize),
    });

    // Whichever ends first ends the other: the pages are printed, or the server wants no more of this client.
    using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    var running = client.RunAsync(stop.Token);
    var asking = new ItemReader(client, Console.Out).PrintAsync(queries, stop.Token);
    var printed = await Task.WhenAny(running, asking) == asking && await asking;
    if (arguments.GetValue(once))
    {
        await stop.CancelAsync();
    }

    var exit = await running;
    await stop.CancelAsync();
    await asking;
    Terminal.Log(exit.Reason);
    return exit.ExitCode != 0 ? exit.ExitCode : arguments.GetValue(once) && !printed && !cancellationToken.IsCancellationRequested ? 1 : 0;
});

// Ctrl+C cancels the token above; the client says good-bye within this time.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(6) });
