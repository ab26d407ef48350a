#:package Microsoft.Orleans.Server@10.4.2
#:package Microsoft.Orleans.TestingHost@10.4.2
#:property ManagePackageVersionsCentrally=false
#:property PublishAot=false
#:property EnforceCodeStyleInBuild=false

// A grain call that waits for another grain call to complete it, while its activation is being deactivated. See 0002.
// dotnet run docs/decisions/probes/promise.cs
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.TestingHost;

var builder = new InProcessTestClusterBuilder(2);
builder.Options.ConfigureFileLogging = false;
builder.ConfigureSilo((_, silo) => silo.Services.AddLogging(logging => logging.ClearProviders()));
await using var cluster = builder.Build();
await cluster.DeployAsync();

foreach (var deactivate in new[] { false, true })
{
    var grain = cluster.Client.GetGrain<IAsking>(deactivate ? "deactivated" : "left alone");
    var started = Stopwatch.GetTimestamp();
    var asking = grain.AskAsync(TimeSpan.FromSeconds(8));
    await Task.Delay(500);
    if (deactivate)
    {
        await grain.LeaveAsync();
        await Task.Delay(500);
    }

    var answering = AnswerAsync(grain);
    var outcome = await asking;
    Console.WriteLine($"{(deactivate ? "deactivated" : "left alone"),-12} the question ended after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s: {outcome}; {await answering}");
}

static async Task<string> AnswerAsync(IAsking grain)
{
    var started = Stopwatch.GetTimestamp();
    var heard = await grain.AnswerAsync("yes");
    return $"the answer took {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s and found {(heard ? "its question" : "nobody who asks")}";
}

public interface IAsking : IGrainWithStringKey
{
    [AlwaysInterleave]
    Task<string> AskAsync(TimeSpan timeout);

    [AlwaysInterleave]
    Task<bool> AnswerAsync(string answer);

    [AlwaysInterleave]
    Task LeaveAsync();
}

public sealed class Asking : Grain, IAsking
{
    private TaskCompletionSource<string>? _question;

    public async Task<string> AskAsync(TimeSpan timeout)
    {
        _question = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            return await _question.Task.WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            return "timed out";
        }
    }

    public Task<bool> AnswerAsync(string answer) => Task.FromResult(_question?.TrySetResult(answer) == true);

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
