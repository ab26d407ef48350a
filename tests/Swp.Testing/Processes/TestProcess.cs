using System.ComponentModel;
using System.Diagnostics;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;

namespace Swp.Testing.Processes;

/// <summary>A program in a process of its own, whose output is kept. Can be started again after it has ended.</summary>
public class TestProcess : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Lock _gate = new();
    private readonly List<string> _standardError = [];
    private readonly string _executable;
    private readonly string[] _arguments;
    private readonly IReadOnlyDictionary<string, string?> _environment;
    private Process? _process;
    private TaskCompletionSource<int>? _exited;

    /// <param name="name">The name in a test's output.</param>
    /// <param name="command">What is started, and its arguments.</param>
    protected TestProcess(string name, string[] command)
        : this(name, command[0], command[1..])
    {
    }

    /// <param name="name">The name in a test's output.</param>
    /// <param name="executable">What is started.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Added to this process's own; <see langword="null"/> removes a variable.</param>
    public TestProcess(string name, string executable, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        Name = name;
        _executable = executable;
        _arguments = [.. arguments];
        _environment = environment ?? new Dictionary<string, string?>();
    }

    public string Name { get; }

    /// <summary>What it has written, over all its lives.</summary>
    public ProcessLog Log { get; } = new();

    public int Id => _process?.Id ?? throw new InvalidOperationException($"{Name} was not started.");

    public bool IsRunning => _exited is { Task.IsCompleted: false };

    /// <summary>Its exit code, once it has ended and all its output was read.</summary>
    public Task<int> Exited => _exited?.Task ?? throw new InvalidOperationException($"{Name} was not started.");

    /// <summary>The directory it runs in, empty at first and its own.</summary>
    public string WorkingDirectory => _directory.Path;

    /// <summary>The lines on its standard error, of its present life.</summary>
    public IReadOnlyList<string> StandardError
    {
        get
        {
            lock (_gate)
            {
                return [.. _standardError];
            }
        }
    }

    /// <summary>A program of this repository.</summary>
    public static TestProcess OfProject(string project, params IEnumerable<string> arguments) =>
        new(project, "dotnet", [BuiltProgram.Find(project), .. arguments]);

    /// <summary>Starts it.</summary>
    public void Launch()
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"{Name} is running already.");
        }

        lock (_gate)
        {
            _standardError.Clear();
        }

        var start = new ProcessStartInfo(_executable, _arguments)
        {
            WorkingDirectory = _directory.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(IsConfiguration).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (key, value) in _environment)
        {
            start.Environment[key] = value;
        }

        Log.Add($"--- {Name} starts");
        _exited = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process?.Dispose();
        _process = Start(start);
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => OnLine(line.Data, error: false);
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data, error: true);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ = WatchAsync(_process, _exited);
    }

    /// <summary>Waits until its output contains a text, or fails when it ends without.</summary>
    public async Task WaitForOutputAsync(string text)
    {
        await Eventually.True(() => Log.Text.Contains(text, StringComparison.Ordinal) || !IsRunning, $"{Name} prints '{text}'");
        if (!Log.Text.Contains(text, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{Name} ended with code {await Exited} and has not printed '{text}':\n{Log.Text}");
        }
    }

    /// <summary>Asks it to end (SIGTERM); does not wait.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Asks it to end as Ctrl+C does (SIGINT); does not wait.</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>Stops it where it is (SIGSTOP): it hangs, and its connections stay open.</summary>
    public void Suspend() => Signal("STOP");

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Resume() => Signal("CONT");

    /// <summary>Lets it end in an orderly way (SIGTERM).</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(TimeSpan? limit = null)
    {
        if (IsRunning)
        {
            Terminate();
        }

        return await Exited.DefaultTimeout(limit ?? TimeSpan.FromSeconds(60));
    }

    /// <summary>Ends it at once (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (IsRunning)
        {
            _process!.Kill();
            await Exited.DefaultTimeout();
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    // What configures the programs must be the test's own.
    private static bool IsConfiguration(string variable) =>
        variable.StartsWith("Swp__", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("SWP_", StringComparison.Ordinal)
        || variable.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("OTEL_", StringComparison.Ordinal)
        || variable is "DOTNET_ENVIRONMENT" or "DOTNET_URLS" or "DOTNET_RUNNING_IN_CONTAINER";

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString()]);
        kill.WaitForExit();
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{start.FileName} cannot be started: {e.Message}.", e);
        }
    }

    private async Task WatchAsync(Process process, TaskCompletionSource<int> exited)
    {
        // Also waits for the rest of its output.
        await process.WaitForExitAsync();
        Log.Add($"--- {Name} has ended with code {process.ExitCode}");
        exited.TrySetResult(process.ExitCode);
    }

    private void OnLine(string? line, bool error)
    {
        if (line is null)
        {
            return;
        }

        Log.Add(line);
        if (error)
        {
            lock (_gate)
            {
                _standardError.Add(line);
            }
        }
    }
}
