using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Swp.Bench.Control;
using Swp.Bench.SignalR;

var builder = NodeHost.CreateBuilder(args);
var signalR = builder.Services.AddSignalR();
if (builder.Configuration["redis"] is { } redis)
{
    signalR.AddStackExchangeRedis(redis);
}

var app = builder.Build();
app.MapHub<BenchHub>("/hub", hub => hub.Transports = HttpTransportType.WebSockets);
app.MapNode(new SignalRNode(app.Services.GetRequiredService<IHubContext<BenchHub>>()));
await app.RunAsync();
