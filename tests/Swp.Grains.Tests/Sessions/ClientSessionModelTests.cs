using CsCheck;
using Orleans.Runtime;
using Swp.Grains.Sessions;
using Swp.Grains.Storage;
using Swp.Relay;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Sessions;

/// <summary>Random lives of a client, over owners that stop and crash, held against what must hold whatever happens.</summary>
public sealed class ClientSessionModelTests
{
    private enum Kind
    {
        Open,
        Resume,
        Detach,
        Frame,
        Advance,
        SetBack,
        Save,
        Move,
        Crash,
    }

    private sealed record Step(Kind Kind, int Which);

    private static readonly Gen<Step[]> Lives = Gen.Select(
        Gen.Frequency(
            (4, Gen.Const(Kind.Open)),
            (6, Gen.Const(Kind.Resume)),
            (3, Gen.Const(Kind.Detach)),
            (3, Gen.Const(Kind.Frame)),
            (3, Gen.Const(Kind.Advance)),
            (1, Gen.Const(Kind.SetBack)),
            (3, Gen.Const(Kind.Save)),
            (3, Gen.Const(Kind.Move)),
            (1, Gen.Const(Kind.Crash))),
        Gen.Int[0, 9],
        (kind, which) => new Step(kind, which)).Array[1, 60];

    [Fact]
    public void AnyLife_KeepsTheInvariants() => Lives.Sample(
        steps =>
        {
            var life = new Life();
            foreach (var step in steps)
            {
                life.Do(step);
            }
        },
        iter: 5_000,
        print: steps => string.Join(" ", steps.Select(step => $"{step.Kind}:{step.Which}")));

    /// <summary>A connection as its gateway knows it.</summary>
    private sealed class Connection
    {
        public required SiloAddress Gateway { get; init; }

        public required long Id { get; init; }

        public required int Opened { get; init; }

        public required long OpenEpoch { get; init; }

        public required DateTimeOffset ConnectedAt { get; init; }

        public long Epoch { get; set; }

        public long Sequence { get; set; }

        public bool HasEnded { get; set; }
    }

    private sealed class Life
    {
        private readonly HostileTimeProvider _time = new();
        private readonly List<Connection> _connections = [];
        private ClientSession _session;
        private ClientRecord _stored = new();

        // What the present owner can know: the newest OPEN since the last record that was kept, or that came back with a resume.
        private int _newestKnown = -1;
        private int _newestStored = -1;
        private long _highestEpoch;

        public Life() => _session = new ClientSession(_time);

        public void Do(Step step)
        {
            switch (step.Kind)
            {
                case Kind.Open:
                    Open(step.Which);
                    break;
                case Kind.Resume when Pick(step.Which) is { } connection:
                    Resume(connection);
                    break;
                case Kind.Detach when Pick(step.Which) is { } connection:
                    Detach(connection);
                    break;
                case Kind.Frame when Pick(step.Which) is { } connection:
                    Send(connection);
                    break;
                case Kind.Advance:
                    _time.Advance(TimeSpan.FromMilliseconds(step.Which * 700));
                    break;
                case Kind.SetBack:
                    // Not further than the owners' clocks may differ when a record is lost: see Crash.
                    _time.SetWallClock(TimeSpan.FromMilliseconds(-step.Which));
                    break;
                case Kind.Save:
                    (_stored, _newestStored) = (_session.ToRecord(), _newestKnown);
                    break;
                case Kind.Move:
                    (_stored, _newestStored) = (_session.ToRecord(), _newestKnown);
                    Start(step.Which);
                    break;
                case Kind.Crash:
                    // A silo is not replaced within the millisecond.
                    _time.Advance(TimeSpan.FromSeconds(1));
                    Start(step.Which);
                    break;
            }

            AtMostOneSpeaks();
        }

        private void Start(int which)
        {
            _session = new ClientSession(_time);
            _session.Restore(_stored, gatewayIsAlive: which % 3 != 0);
            _newestKnown = _newestStored;
            Assert.Null(_session.Current);
            Assert.Equal(_stored.Epoch, _session.Epoch);
            if (which % 3 == 0)
            {
                Assert.Null(_session.Awaited);
            }
        }

        private void Open(int which)
        {
            var gateway = Members.Gateway(which % 3);
            var id = _connections.Count(connection => connection.Gateway.Equals(gateway)) + 1;
            var previous = _session.Current;
            var verdict = _session.Attach(new AttachRequest { Gateway = gateway, GatewayName = "g", ConnectionId = id });

            if (verdict.RetryAfter is { } wait)
            {
                // Only where somebody is in the way, and nothing comes of it.
                Assert.NotNull(previous);
                Assert.InRange(wait, TimeSpan.FromTicks(1), TakeoverGuard.LongestWait);
                Assert.Same(previous, _session.Current);
                return;
            }

            // The newest OPEN wins.
            Assert.NotNull(verdict.Attached);
            Assert.Same(previous, verdict.Superseded);
            _newestKnown = _connections.Count;
            var connection = new Connection
            {
                Gateway = gateway,
                Id = id,
                Opened = _newestKnown,
                OpenEpoch = verdict.Attached.OpenEpoch,
                ConnectedAt = verdict.Attached.ConnectedAt,
            };
            _connections.Add(connection);
            Attached(connection, verdict.Attached);
            Assert.Equal(0, verdict.Attached.LastSequence);
        }

        private void Resume(Connection connection)
        {
            if (connection.HasEnded)
            {
                return;
            }

            var (before, epoch) = (_session.Current, _session.Epoch);
            var verdict = _session.Attach(new AttachRequest
            {
                Gateway = connection.Gateway,
                GatewayName = "g",
                ConnectionId = connection.Id,
                Resume = new Resume(connection.OpenEpoch, connection.Epoch, connection.ConnectedAt),
            });
            if (connection.Opened < _newestKnown)
            {
                // Superseded once, superseded for ever, as far as this owner can know.
                Assert.Null(verdict.Attached);
                Assert.Same(before, _session.Current);
                Assert.Equal(epoch, _session.Epoch);
                return;
            }

            Assert.NotNull(verdict.Attached);
            Assert.Equal((connection.OpenEpoch, connection.ConnectedAt), (verdict.Attached.OpenEpoch, verdict.Attached.ConnectedAt));
            if (before is not null && before.ConnectionId == connection.Id && before.Gateway.Equals(connection.Gateway))
            {
                Assert.Null(verdict.Superseded);
                Assert.Equal(before.LastSequence, verdict.Attached.LastSequence);
            }
            else
            {
                Assert.Same(before, verdict.Superseded);
            }

            _newestKnown = connection.Opened;
            Attached(connection, verdict.Attached);
        }

        private void Attached(Connection connection, Attachment attached)
        {
            Assert.True(attached.Epoch > connection.Epoch);
            Assert.True(attached.Epoch > _highestEpoch, $"{attached.Epoch} is not above {_highestEpoch}");
            Assert.Same(attached, _session.Current);
            Assert.Equal(attached.Epoch, _session.Epoch);
            Assert.True(attached.LastSequence <= connection.Sequence);
            connection.Epoch = _highestEpoch = attached.Epoch;
        }

        private void Detach(Connection connection)
        {
            var before = _session.Current;
            var spoke = Speaks(connection);
            var detached = _session.Detach(connection.Gateway, connection.Id);
            Assert.Same(spoke ? before : null, detached);
            Assert.Same(spoke ? null : before, _session.Current);
            if (spoke)
            {
                connection.HasEnded = true;
            }
        }

        private void Send(Connection connection)
        {
            if (!Speaks(connection))
            {
                // Nothing that still arrives from it has any effect, whatever it is numbered.
                var late = new OwnerboundFrame { ConnectionId = connection.Id, Epoch = connection.Epoch, Sequence = 1_000, Code = "0" };
                Assert.False(_session.TryAdmit(connection.Gateway, late));
                return;
            }

            var frame = new OwnerboundFrame { ConnectionId = connection.Id, Epoch = connection.Epoch, Sequence = ++connection.Sequence, Code = "0" };
            Assert.True(_session.TryAdmit(connection.Gateway, frame));
            Assert.False(_session.TryAdmit(connection.Gateway, frame));
            Assert.Equal(connection.Sequence, _session.Current!.LastSequence);
        }

        private void AtMostOneSpeaks()
        {
            Assert.True(_connections.Count(Speaks) <= 1);
            Assert.False(_session.Current is not null && _session.Awaited is not null);
            if (_session.Current is { } current)
            {
                var speaker = Assert.Single(_connections, Speaks);
                Assert.Equal(current.Epoch, speaker.Epoch);
                Assert.Equal(_newestKnown, speaker.Opened);
            }
        }

        private bool Speaks(Connection connection) =>
            _session.Current is { } current && current.ConnectionId == connection.Id && current.Gateway.Equals(connection.Gateway);

        private Connection? Pick(int which) => _connections.Count == 0 ? null : _connections[_connections.Count - 1 - (which % Math.Min(4, _connections.Count))];
    }
}
