using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.InteropServices;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Hosting;

namespace Swp.Gateway.Admission;

/// <summary>
/// How many sockets this gateway takes: in all, that have not said OPEN, of one address, and a second. A socket that is refused with a close code
/// counts until it is gone. Its memory is a number or two for each address that has a socket here which counts.
/// </summary>
internal sealed class ConnectionAdmission : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LaterOn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(100);

    private static readonly AdmissionRefusal TooMany = new(
        HandshakeRejection.TooManyConnections, "This node has as many connections as it takes: try again after the seconds in Retry-After.", Soon);

    private static readonly AdmissionRefusal TooManyUnopened = new(
        HandshakeRejection.TooManyUnopened, "Too many connections of this node have not said OPEN: try again after the seconds in Retry-After.", Soon);

    private static readonly AdmissionRefusal TooManyUnopenedOfAddress = new(
        HandshakeRejection.TooManyUnopened, "Too many connections of your network address have not said OPEN: try again after the seconds in Retry-After.", Soon);

    private static readonly AdmissionRefusal TooManyOfAddress = new(
        HandshakeRejection.TooManyOfAddress, "Your network address has as many connections as one may have: close some, or try again after the seconds in Retry-After.", LaterOn);

    private readonly Lock _gate = new();
    private readonly Dictionary<AddressGroup, int> _addresses = [];
    private readonly Dictionary<AddressGroup, int> _unopenedOfAddress = [];
    private readonly GatewayOptions _options;
    private readonly TokenBucketRateLimiter? _pace;
    private int _count;
    private int _unopened;

    public ConnectionAdmission(IOptions<GatewayOptions> options)
    {
        _options = options.Value;
        if (_options.MaxConnectsPerSecond > 0)
        {
            _pace = new TokenBucketRateLimiter(PaceOf(_options.MaxConnectsPerSecond));
        }
    }

    /// <summary>How many sockets there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>How many of them have not said OPEN.</summary>
    public int UnopenedCount
    {
        get
        {
            lock (_gate)
            {
                return _unopened;
            }
        }
    }

    /// <summary>A client wants to connect.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <param name="ticket">Its place, until it is disposed of.</param>
    /// <param name="refusal">Why it gets none.</param>
    public bool TryEnter(IPAddress? address, [NotNullWhen(true)] out AdmissionTicket? ticket, [NotNullWhen(false)] out AdmissionRefusal? refusal)
    {
        var group = address is null ? (AddressGroup?)null : AddressGroup.Of(address);
        lock (_gate)
        {
            refusal = Refuse(group) ?? RefusePace();
            if (refusal is not null)
            {
                ticket = null;
                return false;
            }

            _count++;
            _unopened++;
            if (group is { } counted)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_unopenedOfAddress, counted, out _)++;
                if (_options.MaxConnectionsPerAddress > 0)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(_addresses, counted, out _)++;
                }
            }
        }

        ticket = new AdmissionTicket(this, address);
        return true;
    }

    internal void OnOpen(AdmissionTicket ticket)
    {
        lock (_gate)
        {
            ForgetUnopened(ticket);
            if (_options.MaxConnectionsPerAddress == 0)
            {
                // It counts for nothing any more, and would be kept for as long as the socket lives.
                ticket.Address = null;
            }
        }
    }

    internal void Leave(AdmissionTicket ticket, bool wasOpen)
    {
        lock (_gate)
        {
            _count--;
            if (!wasOpen)
            {
                ForgetUnopened(ticket);
            }

            if (_options.MaxConnectionsPerAddress > 0)
            {
                Decrement(_addresses, ticket.Address);
            }
        }
    }

    public void Dispose() => _pace?.Dispose();

    private void ForgetUnopened(AdmissionTicket ticket)
    {
        _unopened--;
        Decrement(_unopenedOfAddress, ticket.Address);
    }

    private static void Decrement(Dictionary<AddressGroup, int> counts, IPAddress? address)
    {
        if (address is not null && AddressGroup.Of(address) is var group && --CollectionsMarshal.GetValueRefOrAddDefault(counts, group, out _) <= 0)
        {
            counts.Remove(group);
        }
    }

    private AdmissionRefusal? Refuse(AddressGroup? group)
    {
        if (IsFull(_count, _options.MaxConnections))
        {
            return TooMany;
        }

        if (IsFull(_unopened, _options.MaxUnopened))
        {
            return TooManyUnopened;
        }

        if (group is not { } counted)
        {
            return null;
        }

        return IsFull(_addresses.GetValueOrDefault(counted), _options.MaxConnectionsPerAddress) ? TooManyOfAddress
            : IsFull(_unopenedOfAddress.GetValueOrDefault(counted), _options.MaxUnopenedPerAddress) ? TooManyUnopenedOfAddress
            : null;
    }

    // Asked last: whoever is refused anyway takes nobody's turn.
    private AdmissionRefusal? RefusePace()
    {
        if (_pace is not { } pace)
        {
            return null;
        }

        using var lease = pace.AttemptAcquire();
        return lease.IsAcquired ? null : new AdmissionRefusal(
            HandshakeRejection.TooManyConnects,
            "This node takes no more new connections now: try again after the seconds in Retry-After.",
            lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > Soon ? after : Soon);
    }

    private static bool IsFull(int count, int limit) => limit > 0 && count >= limit;

    // At once what a second allows; a tenth of it each tenth of a second, or one at a time.
    private static TokenBucketRateLimiterOptions PaceOf(int perSecond)
    {
        var period = perSecond >= 10 ? ShortestPeriod : LongestPeriod / perSecond;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond,
            TokensPerPeriod = Math.Max(1, (int)(perSecond * period.TotalSeconds)),
            ReplenishmentPeriod = period,
            AutoReplenishment = true,
        };
    }
}
