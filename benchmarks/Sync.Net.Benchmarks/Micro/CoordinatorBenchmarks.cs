using BenchmarkDotNet.Attributes;
using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Benchmarks.Micro;

/// <summary>A whole round in the state machine alone: everybody enters, is answered, and acknowledges that.</summary>
public class CoordinatorBenchmarks
{
    private static readonly SessionKey Key = new(SessionKind.Barrier, "bench");

    private readonly Coordinator _coordinator = new(new CoordinatorOptions());
    private readonly List<Effect> _effects = [];
    private readonly Guid _incarnation = Guid.NewGuid();
    private Roster _roster = Rosters.Of(1);
    private long _round;

    [Params(2, 8, 64)]
    public int Members { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _roster = Rosters.Of(Members);
        for (int i = 0; i < Members; i++)
        {
            _coordinator.Apply(new Join(LinkOf(i), _roster.Members[i], null, _incarnation, false), default, _effects);
        }
        Round();
    }

    [Benchmark]
    public int Round()
    {
        _round++;
        _effects.Clear();
        var now = TimeSpan.FromMicroseconds(_round);
        for (int i = 0; i < Members; i++)
        {
            _coordinator.Apply(
                new Enter(LinkOf(i), _round, Key, _round, EnterFlags.None, _roster, null, null, null), now, _effects);
        }
        if (_effects is not [.., { Outcome: Released }]) throw new InvalidOperationException("The round was not released.");

        foreach (string member in _roster.Members)
        {
            _coordinator.Apply(new Acknowledge(member, _incarnation, _round), now, _effects);
        }
        return _effects.Count;
    }

    private static long LinkOf(int index) => index + 1;
}
