using Swp.Clients;

namespace Swp.Gateway.Tests.Kit;

/// <summary>Clients whose calls end as the test says.</summary>
internal sealed class TestClients : ISwpClients
{
    /// <summary>How every call ends.</summary>
    public CallResult Result { get; set; } = new() { Outcome = CallOutcome.Completed, Code = "0" };

    /// <summary>What is known of every client, or thrown.</summary>
    public Func<ClientKey, ClientStatus> Status { get; set; } = key => new ClientStatus { Key = key, TypeIsKnown = true };

    /// <summary>How far every ban comes, or thrown.</summary>
    public Func<BanOutcome> Ban { get; set; } = () => BanOutcome.Written;

    /// <summary>The bans made, as they were passed on.</summary>
    public List<(ClientKey Key, DateTimeOffset? Until, string? Reason)> Bans { get; } = [];

    /// <summary>The clients let in again.</summary>
    public List<ClientKey> Unbans { get; } = [];

    /// <summary>The calls made.</summary>
    public List<(string Kind, ClientKey Key, JsonPayload Data, CallOptions? Options)> Calls { get; } = [];

    /// <summary>A fault of the server, thrown by whatever is asked.</summary>
    public Exception? Fault { get; set; }

    /// <summary>How every broadcast ends.</summary>
    public BroadcastResult Broadcast { get; set; } = new() { Outcome = CallOutcome.Completed, Gateways = 2, Clients = 3 };

    /// <summary>The broadcasts made.</summary>
    public List<(string Type, string Data)> Broadcasts { get; } = [];

    /// <summary>Every page, or thrown.</summary>
    public Func<ClientPage> Page { get; set; } = () => new ClientPage { Clients = [] };

    /// <summary>The pages asked for.</summary>
    public List<(string? Type, string? Cursor, int Limit)> Pages { get; } = [];

    /// <summary>The types, or thrown.</summary>
    public Func<ClientTypeList> Types { get; set; } = () => new ClientTypeList([], 0);

    public Task<BroadcastResult> BroadcastAsync(string type, JsonPayload data, CancellationToken cancellationToken = default)
    {
        Broadcasts.Add((type, data.ToString()));
        return Task.FromResult(Fault is null ? Broadcast : throw Fault);
    }

    public Task<ClientPage> ListAsync(string? type = null, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        Pages.Add((type, cursor, limit));
        return Task.FromResult(Fault is null ? Page() : throw Fault);
    }

    public Task<ClientTypeList> GetTypesAsync(CancellationToken cancellationToken = default) => Task.FromResult(Fault is null ? Types() : throw Fault);

    public ISwpClient Get(string type, string id) => Get(new ClientKey(type, id));

    public ISwpClient Get(ClientKey key) => new Client(this, key);

    private sealed class Client(TestClients clients, ClientKey key) : ISwpClient
    {
        public ClientKey Key => key;

        public Task<CallResult> RequestAsync(JsonPayload data, CallOptions? options = null, CancellationToken cancellationToken = default) => Call("request", data, options);

        public Task<CallResult> SendAsync(JsonPayload data, CallOptions? options = null, CancellationToken cancellationToken = default) => Call("message", data, options);

        public Task<ClientStatus> GetStatusAsync(CancellationToken cancellationToken = default) => Task.FromResult(clients.Fault is null ? clients.Status(key) : throw clients.Fault);

        public Task<BanOutcome> BanAsync(DateTimeOffset? until = null, string? reason = null, CancellationToken cancellationToken = default)
        {
            clients.Bans.Add((key, until, reason));
            return Task.FromResult(clients.Fault is null ? clients.Ban() : throw clients.Fault);
        }

        public Task<BanOutcome> UnbanAsync(CancellationToken cancellationToken = default)
        {
            clients.Unbans.Add(key);
            return Task.FromResult(clients.Fault is null ? clients.Ban() : throw clients.Fault);
        }

        public Task<CallResult> DisconnectAsync(CancellationToken cancellationToken = default) => Call("disconnect", default, options: null);

        private Task<CallResult> Call(string kind, JsonPayload data, CallOptions? options)
        {
            clients.Calls.Add((kind, key, data, options));
            return Task.FromResult(clients.Fault is null ? clients.Result : throw clients.Fault);
        }
    }
}
