using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Swp.Cluster.Diagnostics;
using Swp.Cluster.Hosting;
using Swp.Cluster.Logging;

namespace Swp.Grains.Storage;

/// <summary>
/// The clients' records: read once when a client is activated, written behind. While the store is down everything goes on: records that could
/// not be read start empty, and what was not written is merged with what is stored as soon as it answers again.
/// </summary>
internal sealed partial class ClientRecordStore(
    [FromKeyedServices(SwpClusterSiloBuilderExtensions.StorageName)] IGrainStorage storage,
    TimeProvider time,
    ILogger<ClientRecordStore> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    private const string StateName = "client";
    private const int Writers = 32;

    // One reads or writes a client's record at a time. More doors than operations at once: a record seldom waits for another one's, and never for long.
    private const int Doors = 1024;

    // Every client this silo has ever held could be waiting while the store is down; beyond this the oldest news are given up, loudly.
    private const int MaxPending = 1_000_000;

    private static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan OperationTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly PacedLogger<ClientRecordStore> _logger = new(logger, time);
    private readonly ConcurrentDictionary<GrainId, RecordHandle> _pending = new();
    private readonly SemaphoreSlim[] _doors = [.. Enumerable.Range(0, Doors).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly CancellationTokenSource _stopping = new();
    private Task _writing = Task.CompletedTask;
    private long _failedAt;
    private long _caughtUpAt = time.GetTimestamp();
    private bool _isDown;

    /// <summary>How many records wait to be written.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>Whether the store did not answer when last asked.</summary>
    public bool IsDown => _isDown;

    /// <summary>Whether the store has just failed: nothing is asked of it for a moment.</summary>
    public bool IsResting => _isDown && time.GetElapsedTime(Volatile.Read(ref _failedAt)) < RetryInterval;

    /// <summary>For how long there have been records that wait to be written.</summary>
    public TimeSpan Lag => _pending.IsEmpty ? TimeSpan.Zero : time.GetElapsedTime(Volatile.Read(ref _caughtUpAt));

    /// <summary>Reads and writes, by <see cref="RecordOperation"/>.</summary>
    public Tally Operations { get; } = new("swp.record.operation", EnumLabels.Of<RecordOperation>());

    /// <summary>Reads a client's record, or finds the one that still waits to be written. Never throws and never waits for long.</summary>
    public async Task<RecordHandle> OpenAsync(GrainId grainId)
    {
        var handle = _pending.TryGetValue(grainId, out var waiting) ? waiting : new RecordHandle(grainId);
        await TryLoadAsync(handle);
        return handle;
    }

    /// <summary>Reads the record unless it was read already. <see langword="false"/> while the store is down.</summary>
    public async Task<bool> TryLoadAsync(RecordHandle handle)
    {
        if (handle.IsLoaded)
        {
            return true;
        }

        if (IsResting)
        {
            return false;
        }

        var door = DoorOf(handle);
        await door.WaitAsync();
        try
        {
            // Others may have read it meanwhile, or have found that the store does not answer: not one after the other.
            if (handle.IsLoaded || IsResting)
            {
                return handle.IsLoaded;
            }

            await LoadAsync(handle);
            if (handle.Pending is { } pending)
            {
                // What happened while the store was away, and what it remembers: nothing of either is lost.
                handle.SetPending(ClientRecord.Merge(handle.Stored.State!, pending));
            }

            OnSuccess();
            return true;
        }
        catch (Exception e)
        {
            Operations.Add((int)RecordOperation.ReadFailed);
            OnFailure(e);
            return false;
        }
        finally
        {
            door.Release();
        }
    }

    /// <summary>Writes <paramref name="record"/> soon, in place of whatever waited before.</summary>
    public void Write(RecordHandle handle, ClientRecord record)
    {
        if (_pending.Count >= MaxPending && !_pending.ContainsKey(handle.GrainId))
        {
            Operations.Add((int)RecordOperation.GivenUp);
            LogPendingFull(_logger, MaxPending);
            return;
        }

        Enter(handle, record);
    }

    /// <summary>Writes <paramref name="record"/> now. <see langword="false"/> when that failed: it waits to be written, as any other.</summary>
    public async Task<bool> TryWriteNowAsync(RecordHandle handle, ClientRecord record)
    {
        // Whatever waits already: what an administrator says is little, and is not given up.
        Enter(handle, record);

        // Twice: the first attempt may find that another activation wrote meanwhile.
        return (!IsResting && await WriteAsync(handle)) || (!IsResting && await WriteAsync(handle));
    }

    /// <summary>Writes what waits for one client now, if the store answers. What could not be written stays waiting.</summary>
    public Task FlushAsync(RecordHandle handle) => IsResting ? Task.CompletedTask : WriteAsync(handle);

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(ClientRecordStore),
        ServiceLifecycleStage.ApplicationServices,
        _ =>
        {
            _writing = WriteBehindAsync();
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stopping.CancelAsync();
            await _writing;
            await WriteAllAsync(CancellationToken.None);
        });

    private SemaphoreSlim DoorOf(RecordHandle handle) => _doors[handle.GrainId.GetUniformHashCode() % Doors];

    // In place of the handle of an earlier activation too, if one still waits: this one knows more.
    private void Enter(RecordHandle handle, ClientRecord record)
    {
        handle.SetPending(record);
        _pending[handle.GrainId] = handle;
    }

    private async Task WriteBehindAsync()
    {
        using var timer = new PeriodicTimer(WriteInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                await WriteAllAsync(_stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (_pending.IsEmpty)
        {
            Volatile.Write(ref _caughtUpAt, started);
            return;
        }

        if (IsResting)
        {
            return;
        }

        var written = 0;
        var waiting = _pending.Values;
        await Parallel.ForEachAsync(
            waiting,
            new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken },
            async (handle, _) =>
            {
                if (!IsResting && await WriteAsync(handle))
                {
                    Interlocked.Increment(ref written);
                }
            });
        if (written == waiting.Count)
        {
            Volatile.Write(ref _caughtUpAt, started);
        }
    }

    /// <summary>Whether everything that waited is stored now.</summary>
    private async Task<bool> WriteAsync(RecordHandle handle)
    {
        var door = DoorOf(handle);
        await door.WaitAsync();
        try
        {
            if (IsResting)
            {
                // Others have found meanwhile that the store does not answer: not one after the other.
                return false;
            }

            if (handle.Pending is not { } record)
            {
                Forget(handle);
                return true;
            }

            if (!handle.IsLoaded)
            {
                await LoadAsync(handle);
            }

            // Whoever wrote it: an activation that was not asked about a ban must not undo it.
            await StoreAsync(handle, ClientRecord.Merge(handle.Stored.State!, record));
            if (handle.OnWritten(record))
            {
                Forget(handle);
            }

            Operations.Add((int)RecordOperation.Written);
            OnSuccess();
            return true;
        }
        catch (InconsistentStateException e)
        {
            // Another activation of the client wrote meanwhile: read it and merge next time.
            Operations.Add((int)RecordOperation.Conflict);
            LogConflict(_logger, handle.GrainId, e.Message);
            handle.IsLoaded = false;
            return false;
        }
        catch (Exception e)
        {
            Operations.Add((int)RecordOperation.WriteFailed);
            OnFailure(e);
            return false;
        }
        finally
        {
            door.Release();
        }
    }

    private void Forget(RecordHandle handle)
    {
        _pending.TryRemove(new KeyValuePair<GrainId, RecordHandle>(handle.GrainId, handle));
        if (handle.Pending is not null)
        {
            // A newer record came while nothing was thought to wait, and found the handle still entered.
            _pending.TryAdd(handle.GrainId, handle);
        }
    }

    private async Task LoadAsync(RecordHandle handle)
    {
        await storage.ReadStateAsync(StateName, handle.GrainId, handle.Stored).WaitAsync(OperationTimeout, time);
        handle.IsLoaded = true;
        Operations.Add((int)RecordOperation.Read);
    }

    private async Task StoreAsync(RecordHandle handle, ClientRecord record)
    {
        var before = handle.Stored.State;
        handle.Stored.State = record;
        try
        {
            await storage.WriteStateAsync(StateName, handle.GrainId, handle.Stored).WaitAsync(OperationTimeout, time);
        }
        catch
        {
            // It may have been written all the same: the etag is no longer known.
            handle.Stored.State = before;
            handle.IsLoaded = false;
            throw;
        }
    }

    private void OnSuccess()
    {
        if (_isDown)
        {
            _isDown = false;
            LogUp(_logger, _pending.Count);
        }
    }

    private void OnFailure(Exception e)
    {
        Volatile.Write(ref _failedAt, time.GetTimestamp());
        if (!_isDown)
        {
            _isDown = true;
            LogDown(_logger, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The clients' records cannot be read or written; everything goes on without: {Reason}")]
    private static partial void LogDown(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "The clients' records can be read and written again; {Count} wait to be written")]
    private static partial void LogUp(ILogger logger, int count);

    [LoggerMessage(LogLevel.Information, "The record of {GrainId} was written by another activation and is merged: {Reason}")]
    private static partial void LogConflict(ILogger logger, GrainId grainId, string reason);

    [LoggerMessage(LogLevel.Error, "More than {Limit} records wait to be written: a new one is given up")]
    private static partial void LogPendingFull(ILogger logger, int limit);
}
