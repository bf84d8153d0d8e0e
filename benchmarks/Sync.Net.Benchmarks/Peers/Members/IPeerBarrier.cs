namespace Sync.Net.Benchmarks.Peers.Members;

/// <summary>One member's view of a peer's barrier.</summary>
internal interface IPeerBarrier : IAsyncDisposable
{
    /// <summary>Returns the round that was released, once all have called.</summary>
    Task<int> MeetAsync(int round);
}
