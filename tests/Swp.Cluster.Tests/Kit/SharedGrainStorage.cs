using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace Swp.Cluster.Tests.Kit;

/// <summary>A store that outlives every silo of the cluster, as Redis does, and compares etags, as Redis does.</summary>
public sealed class SharedGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, (byte[] State, string ETag)> _rows = new();
    private long _version;

    /// <summary>Asked before each write: holds it up, or lets it fail.</summary>
    public Func<GrainId, Task> Writing { get; set; } = static _ => Task.CompletedTask;

    public IGrainStorage For(Serializer serializer) => new View(this, serializer);

    private sealed class View(SharedGrainStorage shared, Serializer serializer) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (shared._rows.TryGetValue(grainId, out var row))
            {
                (grainState.State, grainState.ETag, grainState.RecordExists) = (serializer.Deserialize<T>(row.State), row.ETag, true);
            }
            else
            {
                (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null!, false);
            }

            return Task.CompletedTask;
        }

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await shared.Writing(grainId);
            var etag = Interlocked.Increment(ref shared._version).ToString();
            var written = (serializer.SerializeToArray(grainState.State), etag);
            var row = shared._rows.AddOrUpdate(
                grainId,
                _ => grainState.ETag is null ? written : throw new InconsistentStateException("No row."),
                (_, before) => before.ETag == grainState.ETag ? written : throw new InconsistentStateException("Another etag."));
            (grainState.ETag, grainState.RecordExists) = (row.ETag, true);
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            shared._rows.TryRemove(grainId, out _);
            return Task.CompletedTask;
        }
    }
}
