namespace Sync.Net.Coordination;

/// <summary>Another incarnation that asks for a seat whose holder is being asked for a sign of life.</summary>
internal readonly record struct Newcomer(Join Join, TimeSpan Deadline);
