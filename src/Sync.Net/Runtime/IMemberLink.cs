using Sync.Net.Coordination;

namespace Sync.Net.Runtime;

/// <summary>
/// A member's path to its group's coordinator: a connection, or a call within the server's own process. The events'
/// Link numbers are filled in by the link.
/// </summary>
/// <remarks>
/// Posting keeps the order and never calls back: the member posts under its lock. What the posts set in motion
/// (bytes to other members, answers to members of this process) happens in <see cref="Flush"/>, which the member
/// calls after it has released its lock.
/// </remarks>
internal interface IMemberLink
{
    void Post(in Enter e);

    void Post(in Withdraw e);

    void Post(in Abort e);

    void Post(in Resumed e);

    /// <summary>Says goodbye; the link ends after its bytes went out.</summary>
    void Post(in Depart e);

    void Flush();

    /// <summary>Ends the link without a goodbye.</summary>
    void Close();
}
