using System.Collections.Concurrent;
using Orleans.Runtime;
using Swp.Clients;
using Swp.Relay;

namespace Swp.Client.Calls;

internal sealed class SwpClients(IGrainFactory grains, TimeProvider time, IOwnerPresence? owners = null) : ISwpClients
{
    /// <summary>How many are kept; beyond it all are made anew. One is a hundred bytes, and making one takes 3 % of a call.</summary>
    private const int MaxKept = 10_000;

    /// <summary>The longest page.</summary>
    private const int MaxLimit = 1_000;

    // Made here and not looked up by interface, as a client's.
    private static readonly GrainId AnyGateway = GrainId.Create(GrainType.Create(IGatewayGrain.GrainTypeName), "any");

    private readonly UuidSource _uuids = new();
    private readonly ConcurrentDictionary<ClientKey, SwpClient> _kept = new();
    private int _count;

    public ISwpClient Get(string type, string id) => Get(new ClientKey(type, id));

    public ISwpClient Get(ClientKey key)
    {
        if (key.Type is null)
        {
            throw new ArgumentException("The key is empty.", nameof(key));
        }

        return _kept.TryGetValue(key, out var client) ? client : Add(key);
    }

    public async Task<BroadcastResult> BroadcastAsync(string type, JsonPayload data, CancellationToken cancellationToken)
    {
        if (data.Length > SwpClient.MaxPayloadBytes)
        {
            return new BroadcastResult { Outcome = CallOutcome.PayloadTooLarge, Message = SwpClient.TooLarge(data) };
        }

        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await Gateway().BroadcastAsync(type, _uuids.Next(), data).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new BroadcastResult { Outcome = CallOutcome.Cancelled, Message = "The caller gave up." };
        }
        catch (Exception e)
        {
            return new BroadcastResult { Outcome = CallFailure.Classify(e).Outcome, Message = "The gateway that was to tell the others did not say what became of it." };
        }
    }

    public async Task<ClientPage> ListAsync(string? type, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"A page has 1 to {MaxLimit} clients.");
        }

        var page = await AskAsync(gateway => gateway.ListAsync(type, cursor, limit), cancellationToken);
        return page.CursorIsValid ? page : throw new ArgumentException("This is no cursor of such a listing.", nameof(cursor));
    }

    public Task<ClientTypeList> GetTypesAsync(CancellationToken cancellationToken) => AskAsync(static gateway => gateway.GetTypesAsync(), cancellationToken);

    private async Task<T> AskAsync<T>(Func<IGatewayGrain, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(Gateway()).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SwpUnavailableException("No gateway could say.", e);
        }
    }

    private IGatewayGrain Gateway() => grains.GetGrain<IGatewayGrain>(AnyGateway);

    private SwpClient Add(ClientKey key)
    {
        if (Interlocked.Increment(ref _count) > MaxKept)
        {
            _kept.Clear();
            Volatile.Write(ref _count, 1);
        }

        return _kept[key] = new SwpClient(key, grains.GetGrain<IClientGrain>(key.ToGrainId()), _uuids, time, owners);
    }
}
