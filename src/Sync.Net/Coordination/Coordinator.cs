using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>
/// The pure state machine of one group: ordered events in, effects out. It holds no socket, task, lock, clock or
/// logger, and the same events at the same times give the same effects.
/// </summary>
internal sealed class Coordinator
{
    private readonly CoordinatorOptions _options;

    public Coordinator(CoordinatorOptions options) => _options = options;

    /// <summary>When the coordinator wants a tick although nothing happened; null while it waits for nothing.</summary>
    public TimeSpan? NextTick { get; private set; }

    public void Tick(TimeSpan now, List<Effect> effects) => throw new NotImplementedException();

    public void Apply(in Join e, TimeSpan now, List<Effect> effects) => throw new NotImplementedException();

    public void Apply(in Depart e, TimeSpan now, List<Effect> effects) => throw new NotImplementedException();

    public void Apply(in Disconnect e, TimeSpan now, List<Effect> effects) => throw new NotImplementedException();

    public void Apply(in Silence e, TimeSpan now, List<Effect> effects) => throw new NotImplementedException();

    public void Apply(in Heard e, TimeSpan now, List<Effect> effects) => throw new NotImplementedException();

    public void Apply(in Alive e, TimeSpan now, List<Effect> effects) => throw new NotImplementedException();

    public void Apply(in Resumed e, TimeSpan now, List<Effect> effects) => throw new NotImplementedException();

    public void Apply(in Acknowledge e, TimeSpan now, List<Effect> effects) => throw new NotImplementedException();

    public void Apply(in Enter e, TimeSpan now, List<Effect> effects) => throw new NotImplementedException();

    public void Apply(in Withdraw e, TimeSpan now, List<Effect> effects) => throw new NotImplementedException();

    public void Apply(in Abort e, TimeSpan now, List<Effect> effects) => throw new NotImplementedException();
}
