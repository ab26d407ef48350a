using System.CommandLine;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Swp.Client.Hosting;
using Swp.Clients;
using Swp.Samples.Backend;

var gateway = new Option<IPEndPoint>("--gateway")
{
    Description = "A silo's address for Orleans clients.",
    DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, 30000),
    CustomParser = result =>
    {
        if (IPEndPoint.TryParse(result.Tokens[0].Value, out var endpoint) && endpoint.Port != 0)
        {
            return endpoint;
        }

        result.AddError("--gateway is an address and a port, for example 127.0.0.1:30000.");
        return null;
    },
};
var redis = new Option<string?>("--redis") { Description = "Find the silos in this Redis (host:port) instead." };
var clusterId = new Option<string>("--cluster-id") { Description = "The cluster's id.", DefaultValueFactory = _ => "swp" };
var serviceId = new Option<string>("--service-id") { Description = "The cluster's service id.", DefaultValueFactory = _ => "swp" };
var client = new Option<ClientKey>("--client")
{
    Description = "Whom to call: type/id.",
    DefaultValueFactory = _ => new ClientKey("caller", "999"),
    CustomParser = result =>
    {
        if (!ClientKey.TryParse(result.Tokens[0].Value, out var key))
        {
            result.AddError("--client is a type and an id, for example caller/999.");
        }

        return key;
    },
};
var count = new Option<int>("--count") { Description = "How many calls to make, one a second.", DefaultValueFactory = _ => 10 };
var timeout = new Option<int>("--timeout")
{
    Description = "Milliseconds the client has to answer.",
    DefaultValueFactory = _ => 10_000,
    CustomParser = result =>
    {
        if (!int.TryParse(result.Tokens[0].Value, out var milliseconds) || milliseconds is < 1 or > 300_000)
        {
            result.AddError("--timeout is 1 to 300000 milliseconds.");
        }

        return milliseconds;
    },
};

var command = new RootCommand("A backend service: calls a clinic's queue-calling screen through the cluster.")
{
    gateway, redis, clusterId, serviceId, client, count, timeout,
};
command.SetAction(async (arguments, cancellationToken) =>
{
    var builder = Host.CreateApplicationBuilder();
    builder.UseSwpCluster(
        arguments.GetValue(gateway)!, arguments.GetValue(redis), arguments.GetValue(clusterId)!, arguments.GetValue(serviceId)!);
    builder.Services.AddSwpClients();

    using var host = builder.Build();
    var calls = new Calls(host.Services.GetRequiredService<ISwpClients>(), Console.Out);
    try
    {
        await host.StartAsync(cancellationToken);
        var options = new CallOptions { Timeout = TimeSpan.FromMilliseconds(arguments.GetValue(timeout)) };
        return await calls.MakeAsync(arguments.GetValue(client), arguments.GetValue(count), options, cancellationToken) ? 0 : 1;
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        return 0;
    }
    finally
    {
        await host.StopAsync(CancellationToken.None);
    }
});
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(6) });
