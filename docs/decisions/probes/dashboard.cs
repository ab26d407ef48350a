#:property ManagePackageVersionsCentrally=false
#:property PublishAot=false
#:property EnforceCodeStyleInBuild=false

// What a call takes of a standalone server without the Orleans Dashboard, with it, and while somebody looks. See ../../security-setup.md.
// dotnet build src/Swp.Standalone -c Release && dotnet run docs/decisions/probes/dashboard.cs
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

const int Clients = 8;
const int Rounds = 3;
var warmUp = TimeSpan.FromSeconds(6);
var measured = TimeSpan.FromSeconds(6);
var variants = new (string Name, bool Dashboard, bool Looked)[] { ("without", false, false), ("with", true, false), ("looked at", true, true) };
var results = variants.ToDictionary(variant => variant.Name, _ => new List<(double Cpu, double Rate)>());

for (var round = 0; round < Rounds; round++)
{
    foreach (var (name, dashboard, looked) in variants)
    {
        results[name].Add(await MeasureAsync(dashboard, looked));
    }
}

foreach (var (name, samples) in results)
{
    Console.WriteLine($"{name,-10} {Median(samples.Select(sample => sample.Cpu)),6:0} µs CPU per call  {Median(samples.Select(sample => sample.Rate)),6:0} calls/s");
}

async Task<(double Cpu, double Rate)> MeasureAsync(bool dashboard, bool looked)
{
    var (clients, operations) = (Port(), Port());
    var directory = Directory.CreateTempSubdirectory();
    var start = new ProcessStartInfo("dotnet", [Path.GetFullPath("artifacts/bin/Swp.Standalone/release/Swp.Standalone.dll"),
        $"--Swp:Listen:Clients=http://127.0.0.1:{clients}", $"--Swp:Listen:Operations=http://127.0.0.1:{operations}",
        $"--Swp:SiloPort={Port()}", $"--Swp:ClientGatewayPort={Port()}", $"--Swp:Dashboard={dashboard}"])
    {
        WorkingDirectory = directory.FullName,
        RedirectStandardOutput = true,
    };
    using var server = Process.Start(start)!;
    using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{operations}") };
    using var stop = new CancellationTokenSource();
    try
    {
        while ((await server.StandardOutput.ReadLineAsync())?.Contains("Swp is ready", StringComparison.Ordinal) == false)
        {
        }

        _ = server.StandardOutput.ReadToEndAsync();
        var calls = 0;
        var work = new List<Task>();
        for (var id = 0; id < Clients; id++)
        {
            var opened = new TaskCompletionSource();
            work.Add(AnswerAsync(clients, id, opened, stop.Token));
            await opened.Task;
            work.Add(CallAsync(id));
        }

        if (looked)
        {
            work.Add(LookAsync());
        }

        await Task.Delay(warmUp);
        var (cpu, count) = (Cpu(), calls);
        await Task.Delay(measured);
        var (spent, made) = (Cpu() - cpu, calls - count);
        await stop.CancelAsync();
        return (spent.TotalMicroseconds / made, made / measured.TotalSeconds);

        async Task CallAsync(int id)
        {
            while (!stop.IsCancellationRequested)
            {
                using var answer = await http.PostAsync($"/api/v1/clients/caller/{id}/requests", new StringContent("""{"data":"x"}""", Encoding.UTF8, "application/json"));
                answer.EnsureSuccessStatusCode();
                Interlocked.Increment(ref calls);
            }
        }

        // As often as its page does.
        async Task LookAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                await http.GetStringAsync("/dashboard/DashboardCounters?exclude=x");
                await http.GetStringAsync("/dashboard/ClusterStats");
                await Task.Delay(1_000);
            }
        }

        TimeSpan Cpu()
        {
            server.Refresh();
            return server.TotalProcessorTime;
        }
    }
    finally
    {
        server.Kill();
        await server.WaitForExitAsync();
        directory.Delete(recursive: true);
    }
}

static async Task AnswerAsync(int port, int id, TaskCompletionSource opened, CancellationToken stop)
{
    using var socket = new ClientWebSocket();
    await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/wss/caller"), stop);
    await SendAsync($$$"""{"sessionType":"0001","uuid":"1","data":{"clientId":"{{{id}}}"}}""");
    var buffer = new byte[16 * 1024];
    while (!stop.IsCancellationRequested && socket.State == WebSocketState.Open)
    {
        try
        {
            var received = await socket.ReceiveAsync(buffer, stop);
            var frame = JsonNode.Parse(buffer.AsSpan(0, received.Count))!;
            if ((string?)frame["sessionType"] == "0002")
            {
                await SendAsync($$"""{"code":"0","sessionType":"0002","uuid":"{{frame["uuid"]}}","data":"ok"}""");
            }

            opened.TrySetResult();
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            return;
        }
    }

    Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, stop);
}

static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

static int Port()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}
