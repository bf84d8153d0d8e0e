namespace Sync.Net.Coordination;

/// <summary>What a session asks of the group that it belongs to.</summary>
internal interface IGroup
{
    CoordinatorOptions Options { get; }

    /// <summary>The members that are lost, left or failed.</summary>
    IReadOnlyCollection<Member> Gone { get; }

    long KeptBytes { get; set; }

    Member? Find(string member);
}
