using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using Swp.Gateway.Tests.Kit;

namespace Swp.Gateway.Tests.Membership;

/// <summary>A membership table of which one row is read: the test says what comes of it.</summary>
internal sealed class TestTable : IMembershipTable
{
    private readonly ConcurrentQueue<SiloAddress> _asked = new();

    public Func<CancellationToken, Task<MembershipTableData>> Answer { get; set; } = _ => Task.FromResult(Row(1));

    public int Reads => _asked.Count;

    public static MembershipTableData Row(int version, SiloStatus status = SiloStatus.Active) => new(Tuple.Create(new MembershipEntry { SiloAddress = Members.Gateway, Status = status }, "e"), Version(version));

    public static MembershipTableData NoRow(int version) => new(Version(version));

    public Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken = default)
    {
        Assert.Equal(Members.Gateway, key);
        _asked.Enqueue(key);
        return Answer(cancellationToken);
    }

    public Task<MembershipTableData> ReadRow(SiloAddress key) => throw new NotSupportedException();

    public Task<MembershipTableData> ReadAll() => throw new NotSupportedException();

    public Task InitializeMembershipTable(bool tryInitTableVersion) => throw new NotSupportedException();

    public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException();

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => throw new NotSupportedException();

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => throw new NotSupportedException();

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => throw new NotSupportedException();

    public Task UpdateIAmAlive(MembershipEntry entry) => throw new NotSupportedException();

    private static TableVersion Version(int version) => new(version, $"{version}");
}
