namespace Sync.Net.Coordination;

/// <summary>
/// Asks members, in order, for something that is never undone: each is asked until it has done it, so that all who come cost
/// one pass over the list together.
/// </summary>
internal sealed class Muster
{
    private int _done;

    public bool IsComplete(IReadOnlyList<string> members, Predicate<string> hasDone)
    {
        while (_done < members.Count && hasDone(members[_done])) _done++;
        return _done == members.Count;
    }
}
