using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Swp.Cluster.Membership;

/// <summary>
/// Stops a member whose row has vanished from Redis: the runtime keeps its old view for ever then, and whoever joins makes a table of its own, so
/// that there are two clusters, each with the same clients. Ends one that was declared dead while it hung: the runtime looks for that once a
/// minute. Reads one row a second while the member is active.
/// </summary>
internal sealed partial class MembershipWatch(
    IMembershipTable table,
    IClusterMembershipService membership,
    ILocalSiloDetails self,
    IOptions<ClusterMembershipOptions> options,
    IFatalErrorHandler fatal,
    Expulsion expulsion,
    IHostApplicationLifetime host,
    TableReach reach,
    TimeProvider time,
    ILogger<MembershipWatch> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(15);

    // Zero would mean no limit.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(MembershipWatch),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _loop = WatchAsync(_stopping.Token);
            return Task.CompletedTask;
        },
        async cancellationToken =>
        {
            await _stopping.CancelAsync();
            await _loop;

            // The runtime writes that it leaves before it deactivates its grains, and twice tries to for as long as it may try to join. While
            // nobody takes that down, every other part of the stop would wait for it.
            var canBeTold = expulsion.Reason is null && await ReadAsync(cancellationToken) is not null;
            options.Value.MaxJoinAttemptTime = canBeTold ? Farewell : AtOnce;
        });

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var row = new OwnRow(time);
        while (!cancellationToken.IsCancellationRequested)
        {
            // Before the table is read: what changes meanwhile does not make the reading old.
            var known = membership.CurrentSnapshot.Version.Value;
            var reading = await ReadAsync(cancellationToken);
            if (reading is { Status: SiloStatus.Dead })
            {
                fatal.OnFatalException(this, $"the cluster has declared it dead: {self.SiloAddress}");
                return;
            }

            if (reading is { } said && Judge(row, said, known) is { } loss)
            {
                LogExpelled(logger, loss, self.SiloAddress);
                expulsion.Declare($"Redis answers, but {loss} ({self.SiloAddress}): it came back empty or without its last writes");
                host.StopApplication();
                return;
            }

            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private string? Judge(OwnRow row, TableReading reading, long known)
    {
        var wasDoubtful = row.IsDoubtful;
        var loss = row.Judge(reading, known);
        if (row.IsDoubtful && !wasDoubtful)
        {
            LogDoubtful(logger, reading.Status, reading.Version, OwnRow.Patience);
        }

        return loss;
    }

    private async Task<TableReading?> ReadAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ReadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var row = await table.ReadRowAsync(self.SiloAddress, either.Token);
            reach.Note(answered: true);
            return new TableReading(row.TryGet(self.SiloAddress)?.Item1.Status, row.Version.Version);
        }
        catch (RedisClusteringException)
        {
            // The one thing it says so: Redis answers, and there is no table.
            reach.Note(answered: true);
            return new TableReading(Status: null, Version: 0);
        }
        catch (Exception e)
        {
            // Redis is away, reads its files back, is a replica now: nothing is known.
            reach.Note(answered: false);
            LogUnreadable(logger, e.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Debug, "The membership table could not be read: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "The membership table is not what it was (own row: {Status}, version: {Version}): this member stops if that stays so for {Patience}")]
    private static partial void LogDoubtful(ILogger logger, SiloStatus? status, long version, TimeSpan patience);

    [LoggerMessage(LogLevel.Critical, "Redis answers, but {Loss}: {Self} stops, so that no second cluster forms beside it")]
    private static partial void LogExpelled(ILogger logger, string loss, SiloAddress self);
}
