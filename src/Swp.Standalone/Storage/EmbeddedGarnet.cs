using System.Net;
using System.Net.Sockets;
using Garnet;
using Garnet.server;
using Microsoft.Extensions.Logging;
using Tsavorite.core;

namespace Swp.Standalone.Storage;

/// <summary>
/// A Redis-compatible server (Garnet) inside this process, on 127.0.0.1 only, whose data survives restarts.
/// Acknowledged writes reach the disk within <see cref="CommitIntervalMs"/>; a clean stop loses nothing.
/// </summary>
internal sealed class EmbeddedGarnet : IAsyncDisposable
{
    /// <summary>The longest time between acknowledging a write and putting it on the disk.</summary>
    public const int CommitIntervalMs = 100;

    private readonly FileStream _lockFile;
    private readonly Server _server;
    private int _disposed;

    private EmbeddedGarnet(FileStream lockFile, Server server, IPEndPoint endPoint)
    {
        _lockFile = lockFile;
        _server = server;
        EndPoint = endPoint;
    }

    /// <summary>Where clients in this process (and on this machine) connect to.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Recovers the data of the last run and starts listening.</summary>
    /// <exception cref="StandaloneStorageException">The port or the directory cannot be used.</exception>
    /// <remarks>Blocks while the data is recovered: milliseconds for a small store, seconds for a million records. Garnet offers no other way.</remarks>
    public static EmbeddedGarnet Start(EmbeddedGarnetOptions options, ILoggerFactory loggerFactory)
    {
        var directory = Path.GetFullPath(options.DataDirectory);
        var lockFile = LockDirectory(directory);
        try
        {
            var endPoint = ReservePort(options.Port);
            return new EmbeddedGarnet(lockFile, Server.Start(endPoint, directory, loggerFactory), endPoint);
        }
        catch
        {
            lockFile.Dispose();
            throw;
        }
    }

    /// <summary>Closes all connections, puts the last writes on the disk and releases the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            await _server.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            await _lockFile.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static FileStream LockDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new FileStream(Path.Combine(directory, "swp.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw DirectoryError(directory, "this process may not write there", e);
        }
        catch (IOException e)
        {
            var held = File.Exists(Path.Combine(directory, "swp.lock"));
            throw DirectoryError(directory, held ? "another process is using it" : e.Message, e);
        }
    }

    private static IPEndPoint ReservePort(int port)
    {
        // Garnet binds only after the recovery; ask first, so that a wrong port fails at once.
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return (IPEndPoint)probe.LocalEndpoint;
        }
        catch (SocketException e)
        {
            throw PortError(port, e);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new StandaloneStorageException(nameof(EmbeddedGarnetOptions.Port), port, "must be between 0 and 65535", e);
        }
    }

    private static StandaloneStorageException PortError(int port, Exception cause) =>
        new(nameof(EmbeddedGarnetOptions.Port), port, FirstLine(cause), cause);

    private static StandaloneStorageException DirectoryError(string directory, string cause, Exception inner) =>
        new(nameof(EmbeddedGarnetOptions.DataDirectory), directory, cause, inner);

    private static string FirstLine(Exception e) => e.Message.ReplaceLineEndings("\n").Split('\n')[0];

    /// <summary>Garnet with its store within reach, which the public class keeps protected.</summary>
    private sealed class Server : GarnetServer
    {
        private const string AofSizeLimit = "64m";

        private readonly IGarnetServer _listener;
        private readonly GarnetLoggerFactory _logs;

        private Server(GarnetServerOptions options, IGarnetServer listener, GarnetLoggerFactory logs)
            : base(options, logs, [listener])
        {
            _listener = listener;
            _logs = logs;
        }

        public static Server Start(IPEndPoint endPoint, string directory, ILoggerFactory loggerFactory)
        {
            var logs = new GarnetLoggerFactory(loggerFactory);
            Server? server = null;
            try
            {
                server = new Server(Configure(endPoint, directory), new GarnetServerTcp(endPoint), logs);
                server.Start();
                server.ShortenLog();
                return server;
            }
            catch (SocketException e)
            {
                server?.Dispose();
                throw PortError(endPoint.Port, e);
            }
            catch (Exception e)
            {
                // Not disposed: the store is half recovered. The process is about to end anyway.
                throw DirectoryError(directory, $"the data cannot be recovered ({FirstLine(e)})", e);
            }
        }

        public async Task StopAsync()
        {
            _logs.Stopping = true;
            // No connection may write after the last commit, which Dispose does not do by itself.
            _listener.Dispose();
            await Store.CommitAOFAsync(CancellationToken.None).ConfigureAwait(false);
            Dispose();
        }

        // Garnet looks at the size of the file every two seconds only: never, in a process which restarts faster.
        private void ShortenLog()
        {
            if (storeWrapper.AofSize() > GarnetServerOptions.ParseSize(AofSizeLimit, out _))
            {
                _ = storeWrapper.TakeCheckpointAsync(background: false).GetAwaiter().GetResult();
            }
        }

        private static GarnetServerOptions Configure(IPEndPoint endPoint, string directory) => new()
        {
            EndPoints = [endPoint],
            QuietMode = true,
            MaxDatabases = 1,

            // Orleans compares etags in Lua; without the transaction mode scripts are not atomic.
            EnableLua = true,
            LuaTransactionMode = true,
            LuaOptions = new LuaOptions(),

            // Every write goes to the append-only file; refuse to start rather than to lose data.
            EnableAOF = true,
            CommitFrequencyMs = CommitIntervalMs,
            Recover = true,
            FailOnRecoveryError = true,
            FastCommitThrottleFreq = 1, // states the length at each commit: most (not all) cut files are then noticed

            // A longer file is replaced by a checkpoint; segments are the unit in which it is deleted.
            AofSizeLimit = AofSizeLimit,
            AofSizeLimitEnforceFrequencySecs = 2,
            AofSegmentSize = "16m",
            AofPageSize = "8m",
            AofMemorySize = "16m",

            // The default needs libaio, and without it ends the process at the first write.
            DeviceType = DeviceType.RandomAccess,

            // Memory grows with the data up to the limit, then old records go to the disk.
            LogMemorySize = "1g",
            PageSize = "4m",
            IndexMemorySize = "16m",
            IndexMaxMemorySize = "256m",
            EnableStorageTier = true,
            LogDir = directory,
            CheckpointDir = directory,
            SegmentSize = "64m",
            ObjectLogSegmentSize = "64m",
            CompactionType = LogCompactionType.Lookup,
            CompactionMaxSegments = 16,
        };
    }
}
