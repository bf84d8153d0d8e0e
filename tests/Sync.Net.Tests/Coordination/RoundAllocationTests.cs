using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>What the state machine allocates in a round that is like the one before. Exact on one thread, whatever the machine does.</summary>
public sealed class RoundAllocationTests
{
    private const int Rounds = 100;

    private static readonly SessionKey Key = new(SessionKind.Barrier, "b");
    private static readonly Guid Incarnation = Guid.NewGuid();

    private readonly Coordinator _coordinator = new(new CoordinatorOptions());
    private readonly List<Effect> _effects = [];
    private long _round;

    [Theory]
    [InlineData(64)]
    [InlineData(512)]
    public void Cost_ARoundInTheSteadyState_AllocatesNothingButItsOutcome(int members)
    {
        // One object for all members; and up to 64 of them the order of arrival, a name and a time each.
        long most = 200 + (members <= 64 ? 24 + (16 * members) : 0);
        Roster roster = Roster.Of(Enumerable.Range(0, members).Select(static i => $"m{i:D5}"));
        for (int i = 0; i < members; i++)
        {
            _coordinator.Apply(new Join(i + 1, roster.Members[i], null, Incarnation, false), default, _effects);
        }
        for (int i = 0; i < Rounds; i++) Round(roster);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++) Round(roster);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;

        Assert.InRange(each, 1, most);
    }

    private void Round(Roster roster)
    {
        _round++;
        _effects.Clear();
        for (int i = 0; i < roster.Count; i++)
        {
            // As it comes: the answer of the round before is acknowledged with the next enter.
            if (_round > 1) _coordinator.Apply(new Acknowledge(roster.Members[i], Incarnation, _round - 1), default, _effects);
            _coordinator.Apply(new Enter(i + 1, _round, Key, _round, EnterFlags.None, roster, null, null, null), default, _effects);
        }
        Assert.IsType<Released>(_effects[^1].Outcome);
    }
}
