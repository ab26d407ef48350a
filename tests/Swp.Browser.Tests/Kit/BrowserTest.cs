using System.Collections.Concurrent;
using Microsoft.Playwright;
using Swp.Testing.Clients;
using Swp.Testing.Processes;

namespace Swp.Browser.Tests.Kit;

/// <summary>
/// A test of pages in a browser. It fails when a page says something in its console, or a request of it fails, that the test does not expect, and when
/// the server logs an error. A failed test leaves a screenshot of each page.
/// </summary>
public abstract class BrowserTest(Chromium chromium, params IEnumerable<SwpProcess> shared) : IAsyncLifetime
{
    private static readonly string Screenshots = Path.Combine(BuiltProgram.Root, "artifacts", "test-results", "screenshots");

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<(SwpProcess Process, int Start)> _watched = [.. shared.Select(process => (process, process.Log.Text.Length))];
    private readonly List<IAsyncDisposable> _owned = [];

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        var complaints = _complaints.Where(complaint => !IsExpected(complaint)).ToArray();
        if (failed || complaints.Length > 0)
        {
            await TakeScreenshotsAsync();
        }

        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        foreach (var owned in _owned)
        {
            await owned.DisposeAsync();
        }

        var errors = _watched.SelectMany(watched => watched.Process.Log.TakeErrors()).Where(error => !IsExpected(error)).ToArray();
        if (failed || errors.Length > 0)
        {
            foreach (var (process, start) in _watched)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"=== {process.Name}\n{process.Log.After(start)}");
            }
        }

        Assert.True(complaints.Length == 0, $"The browser complained:\n{string.Join('\n', complaints)}");
        Assert.True(errors.Length == 0, $"The server logged errors:\n{string.Join('\n', errors)}");
    }

    /// <summary>Whether what a browser complained of, or an error in the server's log, belongs to what the test does.</summary>
    protected virtual bool IsExpected(string complaint) => false;

    /// <summary>Opens a page with a browser of its own: nothing is remembered of other tests.</summary>
    protected async Task<IPage> OpenAsync(SwpProcess server, string path, string locale = "en-GB", ColorScheme theme = ColorScheme.Light, int width = 1280, int height = 900) =>
        await OpenAsync(await NewContextAsync(server, locale, theme, width, height), path);

    /// <summary>Opens another page of the same browser.</summary>
    protected static async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>A browser of its own.</summary>
    protected async Task<IBrowserContext> NewContextAsync(SwpProcess server, string locale = "en-GB", ColorScheme theme = ColorScheme.Light, int width = 1280, int height = 900)
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.Operations.Address.ToString(),
            Locale = locale,
            ColorScheme = theme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        context.SetDefaultTimeout(15_000);
        context.Page += (_, page) => Listen(page);
        _contexts.Add(context);
        return context;
    }

    /// <summary>A server of this test's own.</summary>
    protected async Task<SwpProcess> StartAsync(params IEnumerable<(string Name, string Value)> settings)
    {
        var process = Own(SwpProcess.Standalone(settings));
        await process.StartAsync();
        return process;
    }

    /// <summary>A server that this test starts itself.</summary>
    protected SwpProcess Own(SwpProcess process)
    {
        _owned.Add(process);
        _watched.Add((process, 0));
        return process;
    }

    /// <summary>A client that is gone when the test ends.</summary>
    protected async Task<TestClient> Own(Task<TestClient> connecting)
    {
        var client = await connecting;
        _owned.Add(client);
        return client;
    }

    /// <summary>An id that no other test uses.</summary>
    protected static string NewId() => Guid.NewGuid().ToString("N")[..12];

    private void Listen(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue($"console {message.Type}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue($"page error: {error}");
        page.RequestFailed += (_, request) => _complaints.Enqueue($"request failed: {request.Method} {request.Url}: {request.Failure}");
    }

    private async Task TakeScreenshotsAsync()
    {
        Directory.CreateDirectory(Screenshots);
        var name = string.Concat((TestContext.Current.TestCase?.TestCaseDisplayName ?? "test").Split(Path.GetInvalidFileNameChars()));
        foreach (var (page, number) in _contexts.SelectMany(context => context.Pages).Select((page, number) => (page, number)))
        {
            var path = Path.Combine(Screenshots, $"{name}-{number}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
            TestContext.Current.TestOutputHelper?.WriteLine($"Screenshot of {page.Url}: {path}");
        }
    }
}
