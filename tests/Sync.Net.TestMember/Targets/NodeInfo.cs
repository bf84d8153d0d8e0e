namespace Sync.Net.TestMember.Targets;

/// <summary>What tests of records exchange. Internal on purpose: programs with top-level statements declare theirs so.</summary>
internal sealed record NodeInfo(string Name, int Port, IReadOnlyList<string> Disks, IReadOnlyDictionary<string, double> Load);
