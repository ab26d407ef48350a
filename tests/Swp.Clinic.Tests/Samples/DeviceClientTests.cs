using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Swp.Devices;

namespace Swp.Clinic.Tests.Samples;

/// <summary>The client against a server that answers as the protocol allows.</summary>
public sealed class DeviceClientTests : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentQueue<string> _log = new();

    public DeviceClientTests() => _stop.CancelAfter(TimeSpan.FromSeconds(30));

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task RunAsync_Connected_OpensAnswersAndClosesNormally()
    {
        await using var server = await ScriptedServer.StartAsync();
        var seen = new TaskCompletionSource<(string? Protocol, JsonObject Open, JsonObject Answer, WebSocketCloseStatus? Close)>();
        server.Next(async socket =>
        {
            var open = await ScriptedServer.AcceptOpenAsync(socket);
            await ScriptedServer.SendAsync(socket, new JsonObject { ["sessionType"] = "0002", ["uuid"] = "u1", ["data"] = """{"callCode":"A12"}""" });
            var answer = (await ScriptedServer.ReadAsync(socket))!;
            await _stop.CancelAsync();
            Assert.Null(await ScriptedServer.ReadAsync(socket));
            seen.SetResult((socket.SubProtocol, open, answer, socket.CloseStatus));
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });

        var exit = await CreateClient(server.Url).RunAsync(_stop.Token);
        var (protocol, open, answer, close) = await seen.Task;
        Assert.Equal((true, 0), (exit.Requested, exit.ExitCode));
        Assert.Equal("swp.v1", protocol);
        Assert.Equal(("0001", "999"), ((string)open["sessionType"]!, (string)open["data"]!["clientId"]!));
        Assert.Equal(("0002", "u1", "0"), ((string)answer["sessionType"]!, (string)answer["uuid"]!, (string)answer["code"]!));
        Assert.Equal("""{"callCode":"A12"}""", (string)answer["data"]!);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, close);
    }

    [Fact]
    public async Task RunAsync_SlowAnswer_DoesNotDelayTheNext()
    {
        await using var server = await ScriptedServer.StartAsync();
        var release = new TaskCompletionSource();
        var uuids = new TaskCompletionSource<string[]>();
        server.Next(async socket =>
        {
            await ScriptedServer.AcceptOpenAsync(socket);
            await ScriptedServer.SendAsync(socket, new JsonObject { ["sessionType"] = "0002", ["uuid"] = "slow", ["data"] = "slow" });
            await ScriptedServer.SendAsync(socket, new JsonObject { ["sessionType"] = "0002", ["uuid"] = "fast", ["data"] = "fast" });
            var first = (string)(await ScriptedServer.ReadAsync(socket))!["uuid"]!;
            release.SetResult();
            uuids.SetResult([first, (string)(await ScriptedServer.ReadAsync(socket))!["uuid"]!]);
            await ScriptedServer.CloseAsync(socket, 4506, "disconnected_by_server");
        });
        var client = new DeviceClient(Options(server.Url))
        {
            OnRequest = async (question, _) =>
            {
                if (question.Data?.GetString() == "slow")
                {
                    await release.Task;
                }

                return Reply.Ok(question.Data);
            },
        };

        await client.RunAsync(_stop.Token);
        Assert.Equal(["fast", "slow"], await uuids.Task);
    }

    [Fact]
    public async Task RunAsync_FailingHandler_AnswersWithAFailureWithoutItsText()
    {
        await using var server = await ScriptedServer.StartAsync();
        var answered = new TaskCompletionSource<JsonObject>();
        server.Next(async socket =>
        {
            await ScriptedServer.AcceptOpenAsync(socket);
            await ScriptedServer.SendAsync(socket, new JsonObject { ["sessionType"] = "0002", ["uuid"] = "u", ["data"] = 1 });
            answered.SetResult((await ScriptedServer.ReadAsync(socket))!);
            await ScriptedServer.CloseAsync(socket, 4506, "disconnected_by_server");
        });
        var client = new DeviceClient(Options(server.Url)) { OnRequest = (_, _) => throw new InvalidOperationException("secret") };

        await client.RunAsync(_stop.Token);
        var answer = await answered.Task;
        Assert.Equal(("-1", "The client failed to answer."), ((string)answer["code"]!, (string)answer["msg"]!));
    }

    [Theory]
    [InlineData(4502, "superseded", "Not connecting again: another connection with the same id took over (4502 superseded).")]
    [InlineData(4500, "unknown_client_type", "Not connecting again: the server does not know this type of client (4500 unknown_client_type).")]
    [InlineData(1009, "message_too_big", "Not connecting again: a message was too big for the server (1009 message_too_big).")]
    public async Task RunAsync_ClosedForGood_StopsWithASentence(int code, string name, string reason)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Next(async socket =>
        {
            await ScriptedServer.AcceptOpenAsync(socket);
            await ScriptedServer.CloseAsync(socket, code, name);
        });

        Assert.Equal(new ClientExit(false, code, reason), await CreateClient(server.Url).RunAsync(_stop.Token));
    }

    [Fact]
    public async Task RunAsync_RefusedOpen_SaysWhyAndFollowsTheCloseCode()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Next(async socket =>
        {
            var open = (await ScriptedServer.ReadAsync(socket))!;
            await ScriptedServer.SendAsync(socket, new JsonObject { ["code"] = "-1", ["msg"] = "no such clinic", ["sessionType"] = "0001", ["uuid"] = open["uuid"]!.DeepClone() });
            await ScriptedServer.CloseAsync(socket, 4501, "unauthorized");
        });

        var exit = await CreateClient(server.Url).RunAsync(_stop.Token);
        Assert.Equal((4501, 1), (exit.CloseCode, exit.ExitCode));
        Assert.Equal(["OPEN was refused: no such clinic"], _log);
    }

    [Theory]
    [InlineData(4003, "draining")]
    [InlineData(4001, "heartbeat_timeout")]
    [InlineData(1001, "")]
    [InlineData(1011, "")]
    public async Task RunAsync_ClosedForNow_ConnectsAgain(int code, string name)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Next(async socket =>
            {
                await ScriptedServer.AcceptOpenAsync(socket);
                await ScriptedServer.CloseAsync(socket, code, name);
            })
            .Next(StopForGoodAsync);

        Assert.Equal(4506, (await CreateClient(server.Url).RunAsync(_stop.Token)).CloseCode);
    }

    [Fact]
    public async Task RunAsync_LostConnection_ConnectsAgain()
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Next(async socket =>
            {
                await ScriptedServer.AcceptOpenAsync(socket);
                socket.Abort();
            })
            .Next(StopForGoodAsync);

        Assert.Equal(4506, (await CreateClient(server.Url).RunAsync(_stop.Token)).CloseCode);
        Assert.Contains(_log, line => line.StartsWith("the connection was lost; next try in ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_OpenNotAnswered_ConnectsAgain()
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Next(async socket =>
            {
                while (await ScriptedServer.ReadAsync(socket) is not null)
                {
                }
            })
            .Next(StopForGoodAsync);
        var client = new DeviceClient(Options(server.Url) with { OpenTimeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(4506, (await client.RunAsync(_stop.Token)).CloseCode);
    }

    [Fact]
    public async Task RunAsync_ServiceUnavailable_HonoursRetryAfter()
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .NextRequest(context =>
            {
                context.Response.StatusCode = 503;
                context.Response.Headers.RetryAfter = "1";
                return Task.CompletedTask;
            })
            .Next(StopForGoodAsync);
        var started = Stopwatch.GetTimestamp();

        Assert.Equal(4506, (await CreateClient(server.Url).RunAsync(_stop.Token)).CloseCode);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.9, 10);
        Assert.StartsWith($"{server.Url} answered HTTP 503; next try in 1.0", _log.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OpenRefusedForAWhile_HonoursRetryAfter()
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Next(async socket =>
            {
                var open = (await ScriptedServer.ReadAsync(socket))!;
                await ScriptedServer.SendAsync(socket, new JsonObject
                {
                    ["code"] = "-1",
                    ["msg"] = "wait",
                    ["sessionType"] = "0001",
                    ["uuid"] = open["uuid"]!.DeepClone(),
                    ["error"] = new JsonObject { ["code"] = "rate_limited", ["retryable"] = true, ["retryAfterMs"] = 1000 },
                });
                await ScriptedServer.CloseAsync(socket, 4005, "rate_limited");
            })
            .Next(StopForGoodAsync);
        var started = Stopwatch.GetTimestamp();

        Assert.Equal(4506, (await CreateClient(server.Url).RunAsync(_stop.Token)).CloseCode);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.9, 10);
    }

    [Fact]
    public async Task RunAsync_NobodyListens_KeepsTryingUntilStopped()
    {
        var client = CreateClient(new Uri($"ws://127.0.0.1:{UnusedPort()}/wss/caller"));
        var running = client.RunAsync(_stop.Token);
        while (_log.Count < 5)
        {
            await Task.Delay(10, _stop.Token);
        }

        await _stop.CancelAsync();
        Assert.Equal(ClientExit.AsRequested, await running);
        Assert.All(_log, line => Assert.Matches(@"^ws://127\.0\.0\.1:\d+/wss/caller refused the connection; next try in 0\.\d s\.$", line));
    }

    [Fact]
    public async Task RunAsync_HeartInterval_SendsHearts()
    {
        await using var server = await ScriptedServer.StartAsync();
        var types = new TaskCompletionSource<string[]>();
        server.Next(async socket =>
        {
            await ScriptedServer.AcceptOpenAsync(socket);
            types.SetResult([(string)(await ScriptedServer.ReadAsync(socket))!["sessionType"]!, (string)(await ScriptedServer.ReadAsync(socket))!["sessionType"]!]);
            await ScriptedServer.CloseAsync(socket, 4506, "disconnected_by_server");
        });

        await new DeviceClient(Options(server.Url) with { HeartInterval = TimeSpan.FromMilliseconds(50) }).RunAsync(_stop.Token);
        Assert.Equal(["0000", "0000"], await types.Task);
    }

    [Fact]
    public async Task QueryAsync_Connected_GetsTheAnswerOfItsUuid()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Next(async socket =>
        {
            await ScriptedServer.AcceptOpenAsync(socket);
            var query = (await ScriptedServer.ReadAsync(socket))!;
            await ScriptedServer.SendAsync(socket, new JsonObject { ["sessionType"] = "0003", ["uuid"] = "another", ["data"] = "wrong" });
            await ScriptedServer.SendAsync(socket, new JsonObject { ["code"] = "0", ["sessionType"] = "0003", ["uuid"] = query["uuid"]!.DeepClone(), ["data"] = query["data"]!.DeepClone() });
            await ScriptedServer.ReadAsync(socket);
        });
        var client = CreateClient(server.Url);
        var running = client.RunAsync(_stop.Token);

        var answer = await client.QueryAsync(JsonElement.Parse("""{"a":1}"""), _stop.Token);
        await _stop.CancelAsync();
        Assert.Equal("""{"a":1}""", answer.Data.ToString());
        Assert.Equal(0, (await running).ExitCode);
    }

    [Fact]
    public async Task QueryAsync_ConnectionLost_SaysSoAndWorksOnTheNextConnection()
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Next(async socket =>
            {
                await ScriptedServer.AcceptOpenAsync(socket);
                await ScriptedServer.ReadAsync(socket);
                socket.Abort();
            })
            .Next(async socket =>
            {
                await ScriptedServer.AcceptOpenAsync(socket);
                var query = (await ScriptedServer.ReadAsync(socket))!;
                await ScriptedServer.SendAsync(socket, new JsonObject { ["sessionType"] = "0003", ["uuid"] = query["uuid"]!.DeepClone(), ["msg"] = "second" });
                await ScriptedServer.CloseAsync(socket, 4506, "disconnected_by_server");
            });
        var client = CreateClient(server.Url);
        var running = client.RunAsync(_stop.Token);

        await Assert.ThrowsAsync<ConnectionLostException>(() => client.QueryAsync(JsonElement.Parse("1"), _stop.Token));
        Assert.Equal("second", (await client.QueryAsync(JsonElement.Parse("1"), _stop.Token)).Msg);
        Assert.Equal(4506, (await running).CloseCode);
    }

    [Fact]
    public async Task QueryAsync_NoAnswer_TimesOut()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Next(async socket =>
        {
            await ScriptedServer.AcceptOpenAsync(socket);
            while (await ScriptedServer.ReadAsync(socket) is not null)
            {
            }
        });
        var client = new DeviceClient(Options(server.Url) with { QueryTimeout = TimeSpan.FromMilliseconds(100) });
        var running = client.RunAsync(_stop.Token);

        await Assert.ThrowsAsync<TimeoutException>(() => client.QueryAsync(JsonElement.Parse("1"), _stop.Token));
        await _stop.CancelAsync();
        Assert.Equal(0, (await running).ExitCode);
    }

    [Fact]
    public async Task RunAsync_Token_IsAskedForAtEachConnection()
    {
        await using var server = await ScriptedServer.StartAsync();
        var tokens = new ConcurrentQueue<string?>();
        for (var connection = 1; connection <= 2; connection++)
        {
            var code = connection == 1 ? 4006 : 4506;
            server.Next(async socket =>
            {
                tokens.Enqueue((string?)(await ScriptedServer.AcceptOpenAsync(socket))["data"]!["token"]);
                await ScriptedServer.CloseAsync(socket, code, "");
            });
        }

        var given = 0;
        await new DeviceClient(Options(server.Url) with { Token = () => $"token-{++given}" }).RunAsync(_stop.Token);

        Assert.Equal(["token-1", "token-2"], tokens);
    }

    [Fact]
    public async Task RunAsync_ReplyNone_IsNoAnswer()
    {
        await using var server = await ScriptedServer.StartAsync();
        var answered = new TaskCompletionSource<string?>();
        server.Next(async socket =>
        {
            await ScriptedServer.AcceptOpenAsync(socket);
            await ScriptedServer.SendAsync(socket, new JsonObject { ["sessionType"] = "0002", ["uuid"] = "u1", ["data"] = "silence" });
            await ScriptedServer.SendAsync(socket, new JsonObject { ["sessionType"] = "0002", ["uuid"] = "u2", ["data"] = "answer" });
            answered.SetResult((string?)(await ScriptedServer.ReadAsync(socket))!["uuid"]);
            await ScriptedServer.CloseAsync(socket, 4506, "");
        });
        var client = new DeviceClient(Options(server.Url))
        {
            OnRequest = (question, _) => new(question.Data?.GetString() == "silence" ? Reply.None : Reply.Ok(question.Data)),
        };

        await client.RunAsync(_stop.Token);
        Assert.Equal("u2", await answered.Task);
    }

    [Fact]
    public async Task Drop_Connected_EndsWithoutAWordAndComesBack()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Next(async socket =>
        {
            await ScriptedServer.AcceptOpenAsync(socket);
            await Assert.ThrowsAnyAsync<Exception>(() => ScriptedServer.ReadAsync(socket));
        }).Next(StopForGoodAsync);
        var ends = new ConcurrentQueue<ConnectionEnd>();
        DeviceClient? client = null;
        client = new DeviceClient(Options(server.Url))
        {
            OnOpened = () =>
            {
                if (ends.IsEmpty)
                {
                    client!.Drop();
                }
            },
            OnClosed = ends.Enqueue,
        };

        await client.RunAsync(_stop.Token);
        Assert.Equal((true, (int?)null), (ends.First().Opened, ends.First().CloseCode));
        Assert.Equal(2, ends.Count);
    }

    private static async Task StopForGoodAsync(WebSocket socket)
    {
        await ScriptedServer.AcceptOpenAsync(socket);
        await ScriptedServer.CloseAsync(socket, 4506, "disconnected_by_server");
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private DeviceClient CreateClient(Uri url) => new(Options(url));

    private DeviceClientOptions Options(Uri url) => new()
    {
        Url = url,
        ClientId = "999",
        BackoffBase = TimeSpan.FromMilliseconds(1),
        BackoffCap = TimeSpan.FromMilliseconds(20),
        Log = _log.Enqueue,
    };
}
