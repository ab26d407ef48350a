using System.Text.Json;
using Swp.Clients;

namespace Swp.Fuzz.Targets;

/// <summary>Clients that echo at once. Whatever they are handed must be JSON, as it is what their sockets get.</summary>
internal sealed class CountingClients : ISwpClients
{
    /// <summary>How many calls were made.</summary>
    public int Made { get; set; }

    public ISwpClient Get(string type, string id) => Get(new ClientKey(type, id));

    public ISwpClient Get(ClientKey key) => new Client(this, key);

    public Task<BroadcastResult> BroadcastAsync(string type, JsonPayload data, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ClientPage> ListAsync(string? type = null, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ClientTypeList> GetTypesAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private sealed class Client(CountingClients clients, ClientKey key) : ISwpClient
    {
        public ClientKey Key => key;

        public Task<CallResult> RequestAsync(JsonPayload data, CallOptions? options = null, CancellationToken cancellationToken = default) => Echo(data);

        public Task<CallResult> SendAsync(JsonPayload data, CallOptions? options = null, CancellationToken cancellationToken = default) => Echo(data);

        public Task<ClientStatus> GetStatusAsync(CancellationToken cancellationToken = default) => Task.FromResult(new ClientStatus { Key = key, TypeIsKnown = true });

        public Task<BanOutcome> BanAsync(DateTimeOffset? until = null, string? reason = null, CancellationToken cancellationToken = default)
        {
            if (!BanRequest.IsValidReason(reason))
            {
                throw new ArgumentException("As the real one does.", nameof(reason));
            }

            clients.Made++;
            return Task.FromResult(BanOutcome.Written);
        }

        public Task<BanOutcome> UnbanAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<CallResult> DisconnectAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        private Task<CallResult> Echo(JsonPayload data)
        {
            if (!data.IsNone)
            {
                using var document = JsonDocument.Parse(data.Utf8);
            }

            clients.Made++;
            return Task.FromResult(new CallResult { Outcome = CallOutcome.Completed, Code = "0", Data = data });
        }
    }
}
