using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Swp.Testing.Tasks;

namespace Swp.Testing.Storage;

/// <summary>A redis-server of the test's own: a real process on a free port, in a directory of its own.</summary>
/// <remarks>A test that needs it fails when it is not installed. It is never skipped: a skipped test says nothing about the code.</remarks>
public sealed class RedisProcess : ITestStore
{
    private const string Executable = "redis-server";

    private readonly TemporaryDirectory _directory = new();
    private readonly StringBuilder _output = new();
    private readonly bool _durable;
    private readonly IPAddress _address;
    private Process? _process;

    private readonly string _synchronised;

    private RedisProcess(bool durable, IPAddress address, string synchronised)
    {
        _synchronised = synchronised;
        _durable = durable;
        _address = address;
        Port = FreePort.Take();
    }

    /// <summary>The same after a restart.</summary>
    public int Port { get; private set; }

    public string ConnectionString => $"{_address}:{Port}";

    /// <summary>The process's id.</summary>
    public int Id => _process?.Id ?? throw new InvalidOperationException("Redis does not run.");

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="durable">Whether its data outlives <see cref="StopAsync"/> and <see cref="KillAsync"/>; otherwise it starts empty again.</param>
    /// <param name="address">Where it listens: the loopback address unless told otherwise.</param>
    /// <param name="synchronised">Redis' <c>appendfsync</c>.</param>
    public static async Task<RedisProcess> StartAsync(bool durable = false, IPAddress? address = null, string synchronised = "always")
    {
        const int Attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            var redis = new RedisProcess(durable, address ?? IPAddress.Loopback, synchronised);
            try
            {
                await redis.LaunchAsync();
                return redis;
            }
            catch (PortTakenException) when (attempt < Attempts)
            {
                // Somebody was faster between finding the port and listening on it.
                await redis.DisposeAsync();
            }
            catch
            {
                await redis.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Lets it end in an orderly way (SIGTERM).</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
            await kill.WaitForExitAsync().DefaultTimeout();
        }

        await EndAsync(process);
    }

    /// <summary>Ends it at once (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        process.Kill();
        await EndAsync(process);
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await LaunchAsync();
    }

    /// <summary>Answers again on the same port, without the data it had.</summary>
    public async Task RestartEmptyAsync()
    {
        await KillAsync();
        foreach (var directory in Directory.GetDirectories(_directory.Path))
        {
            Directory.Delete(directory, recursive: true);
        }

        await LaunchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _directory.Dispose();
    }

    private static async Task EndAsync(Process process)
    {
        await process.WaitForExitAsync().DefaultTimeout();
        process.Dispose();
    }

    private async Task LaunchAsync()
    {
        var start = new ProcessStartInfo(Executable)
        {
            ArgumentList =
            {
                "--port", Port.ToString(),
                "--bind", _address.ToString(),

                // Of its own accord it serves the loopback address only.
                "--protected-mode", "no",
                "--dir", _directory.Path,
                "--save", "",
                "--appendonly", _durable ? "yes" : "no",
                "--appendfsync", _synchronised,
                "--daemonize", "no",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Launch(start);
        _process.OutputDataReceived += OnOutput;
        _process.ErrorDataReceived += OnOutput;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.True(AnswersAsync);
    }

    private static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"This test needs {Executable} on the PATH and there is none: install the package redis-server (Debian, Ubuntu) or redis (Fedora, Alpine, Homebrew).",
                e);
        }
    }

    private async ValueTask<bool> AnswersAsync()
    {
        if (_process!.HasExited)
        {
            var output = Output();
            throw output.Contains("Address already in use", StringComparison.Ordinal)
                ? new PortTakenException()
                : new InvalidOperationException($"{Executable} ended with code {_process.ExitCode}:\n{output}");
        }

        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(_address, Port);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[5];
            await stream.ReadExactlyAsync(answer).DefaultTimeout();

            // While it reads its files back it answers -LOADING.
            return answer.AsSpan().SequenceEqual("+PONG"u8);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    private string Output()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }

    private void OnOutput(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }

    private sealed class PortTakenException : Exception;
}
