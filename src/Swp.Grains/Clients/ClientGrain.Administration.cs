using Swp.Clients;
using Swp.Grains.Storage;
using Swp.Overview;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Grains.Clients;

/// <content>What administrators ask.</content>
internal sealed partial class ClientGrain
{
    private static readonly CallResult BannedResult = new() { Outcome = CallOutcome.Banned, Message = "The client is banned." };
    private static readonly CallResult UnknownType = new() { Outcome = CallOutcome.UnknownType, Message = "There is no such client type." };

    public async Task<BanOutcome> BanAsync(BanRequest request)
    {
        if (_type is null)
        {
            DeactivateOnIdle();
            return BanOutcome.UnknownType;
        }

        await LearnAsync(CancellationToken.None);
        var ban = new BanRecord(request.Until, request.Reason);
        if (_session.Ban == ban && _record.Pending is null)
        {
            return BanOutcome.Written;
        }

        // In force first: nothing that comes while it is written may pass.
        _session.SetBan(ban);
        services.Events.OnConnection(_key, ClientEventKind.Banned);
        EnforceBan();
        var outcome = await RememberNowAsync();
        LogBanned(services.Logger, _key, request.Until, outcome);
        return outcome;
    }

    public async Task<BanOutcome> UnbanAsync()
    {
        if (_type is null)
        {
            DeactivateOnIdle();
            return BanOutcome.UnknownType;
        }

        await LearnAsync(CancellationToken.None);
        if (_session.Ban is null && _record.IsLoaded && _record.Pending is null)
        {
            LeaveIfStranger();
            return BanOutcome.Written;
        }

        _session.SetBan(null);
        services.Events.OnConnection(_key, ClientEventKind.Unbanned);
        var outcome = await RememberNowAsync();
        LogUnbanned(services.Logger, _key, outcome);
        LeaveIfStranger();
        return outcome;
    }

    public async Task<CallResult> DisconnectAsync()
    {
        if (_type is null)
        {
            DeactivateOnIdle();
            return UnknownType;
        }

        if (!Expel(CloseCode.DisconnectedByServer))
        {
            var nobody = NotConnected();
            LeaveIfStranger();
            return nobody;
        }

        services.Events.OnConnection(_key, ClientEventKind.Disconnected);

        // Its gateway may hear of it from the next owner only.
        await RememberNowAsync();
        LogDisconnected(services.Logger, _key);
        return new CallResult { Outcome = CallOutcome.Completed };
    }

    /// <summary>Reads the record if that failed before, and heeds what it says.</summary>
    private async ValueTask LearnAsync(CancellationToken cancellationToken)
    {
        if (!_record.IsLoaded && await services.Records.TryLoadAsync(_record))
        {
            await RestoreAsync(cancellationToken);
        }

        EnforceBan();
    }

    /// <summary>A banned client has no connection and no open calls.</summary>
    private void EnforceBan()
    {
        // Another activation may have written one, or an earlier one that could not be read until now.
        _session.LearnBan(_record.Latest);
        if (_session.Ban is not null)
        {
            _calls.Bar(BannedResult);
            Expel(CloseCode.Banned);
        }
    }

    /// <summary>Closes the connection after what was queued for it. From here on nothing it says has an effect.</summary>
    /// <returns>Whether there was one.</returns>
    private bool Expel(CloseCode code)
    {
        if (_session.Current is { } current)
        {
            Send(new ClientboundFrame { Kind = ClientboundKind.Close, Code = "0", CloseCode = code }, control: true);
            _session.Expel(code);
            Detach(current.Gateway, current.ConnectionId, code);
            return true;
        }

        if (_session.Awaited is { } awaited)
        {
            // Its gateway is about to attach it again, and is told then.
            _session.Expel(code);
            Detach(awaited.Gateway, awaited.ConnectionId, code);
            return true;
        }

        return false;
    }

    private async Task<BanOutcome> RememberNowAsync() =>
        await services.Records.TryWriteNowAsync(_record, _session.ToRecord()) ? BanOutcome.Written : BanOutcome.InForce;
}
