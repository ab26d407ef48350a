using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Swp.Chaos.Clients;
using Swp.Chaos.Logs;
using Swp.Testing.Operations;

namespace Swp.Chaos.Callers;

/// <summary>Calls over HTTP at one gateway. Each call has a connection of its own: whether it was made tells whether the call has entered.</summary>
internal sealed class HttpEntry(string gateway, OperationsApi operations, RunRecorder log) : ICallEntry, IAsyncDisposable
{
    /// <summary>How long past its deadline a call is waited for: longer than any call may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ReadinessWatch _readiness = new(operations, log.Time);
    private readonly HttpClient _http = new(NewHandler(operations))
    {
        BaseAddress = operations.Address,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public string Name => gateway;

    public bool IsOffered => _readiness.IsReady;

    public async Task<EntryAnswer?> CallAsync(Call call)
    {
        using var limit = new CancellationTokenSource(call.Deadline + Patience - log.Now, log.Time);
        try
        {
            using var content = new StringContent(BodyOf(call), Encoding.UTF8, "application/json");
            var path = $"/api/v1/clients/{ScriptedClient.Type}/{call.Client}/{(call.OneWay ? "messages" : "requests")}";
            using var response = await _http.PostAsync(path, content, limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            return Read(call, new ApiAnswer(response.StatusCode, response.Content.Headers.ContentType?.ToString(), text, response.Headers));
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return null;
        }
        catch (OperationCanceledException) when (!limit.IsCancellationRequested)
        {
            // Not connected in time.
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return new EntryAnswer(CallEnd.EntryLost, Detail: e.GetBaseException().Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _readiness.DisposeAsync();
        _http.Dispose();
    }

    private static SocketsHttpHandler NewHandler(OperationsApi operations)
    {
        var handler = operations.NewHandler();
        handler.ConnectTimeout = TimeSpan.FromSeconds(2);
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        return handler;
    }

    private static string BodyOf(Call call) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"data":{{call.Payload}},"timeoutMs":{{(long)call.Timeout.TotalMilliseconds}},"waitForConnectMs":{{(long)call.WaitForConnect.TotalMilliseconds}},"idempotent":{{(call.Idempotent ? "true" : "false")}}}""");

    private static EntryAnswer Read(Call call, ApiAnswer answer)
    {
        if (call.OneWay && answer.Status == HttpStatusCode.Accepted)
        {
            return new EntryAnswer("completed");
        }

        try
        {
            return answer.Outcome is { } outcome
                ? new EntryAnswer(outcome, answer["uuid"], outcome == "completed" ? answer.RawData : null, answer["detail"])
                : new EntryAnswer($"http_{(int)answer.Status}", Detail: answer.Text);
        }
        catch (JsonException)
        {
            return new EntryAnswer($"http_{(int)answer.Status}", Detail: answer.Text);
        }
    }
}
