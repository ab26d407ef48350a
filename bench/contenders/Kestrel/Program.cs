using Swp.Bench.Control;
using Swp.Bench.Kestrel;

var app = NodeHost.CreateBuilder(args).Build();
app.UseWebSockets();
app.MapReady();
app.Map("/ws", async context =>
{
    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    await EchoSocket.RunAsync(socket, app.Lifetime.ApplicationStopping);
});
await app.RunAsync();
