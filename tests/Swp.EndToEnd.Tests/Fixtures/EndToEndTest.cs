using System.Collections.Concurrent;
using Swp.Testing.Clients;
using Swp.Testing.Operations;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Fixtures;

/// <summary>
/// A test of running processes. It fails when one of them logs an error that the test does not expect, and a failed test carries what they logged
/// while it ran.
/// </summary>
public abstract class EndToEndTest : IAsyncLifetime
{
    private readonly List<(TestProcess Process, int Start)> _watched = [];

    // Tests open many clients at once.
    private readonly ConcurrentStack<IAsyncDisposable> _owned = new();

    protected EndToEndTest(params IEnumerable<TestProcess> shared)
    {
        foreach (var process in shared)
        {
            _watched.Add((process, process.Log.Text.Length));
        }
    }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var owned in _owned)
        {
            await owned.DisposeAsync();
        }

        var errors = _watched.SelectMany(watched => watched.Process.Log.TakeErrors().Select(error => $"{watched.Process.Name}: {error}")).ToArray();
        var unexpected = errors.Where(error => !IsExpected(error)).ToArray();
        if (unexpected.Length > 0 || TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            foreach (var (process, start) in _watched)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"=== {process.Name}\n{process.Log.After(start)}");
            }
        }

        Assert.True(unexpected.Length == 0, $"Errors were logged that the test does not expect:\n{string.Join('\n', unexpected)}");
    }

    /// <summary>Whether an error that was logged belongs to what the test does.</summary>
    protected virtual bool IsExpected(string error) => false;

    /// <summary>A process of this test's own.</summary>
    protected T Own<T>(T process)
        where T : TestProcess
    {
        _watched.Add((process, 0));
        _owned.Push(process);
        return process;
    }

    /// <summary>Something that is put away when the test ends.</summary>
    protected void PutAway(IAsyncDisposable owned) => _owned.Push(owned);

    /// <summary>A client that is gone when the test ends.</summary>
    protected async Task<TestClient> Own(Task<TestClient> connecting)
    {
        var client = await connecting;
        _owned.Push(client);
        return client;
    }

    /// <summary>Says good-bye and waits until the client's owner has heard of it, which is a moment later than the socket's end.</summary>
    protected static async Task LeaveAsync(TestClient client, OperationsApi api, string id, string type = "caller")
    {
        await client.CloseAsync();
        await Eventually.True(async () => (await api.StatusAsync(type, id))["connected"] == "false");
    }

    /// <summary>An id that no other test uses.</summary>
    protected static string NewId() => Guid.NewGuid().ToString("N");
}
