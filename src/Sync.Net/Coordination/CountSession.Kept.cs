using Sync.Net.Wire;

namespace Sync.Net.Coordination;

// What was initialised asynchronously outlives the server until it is used or cleared. A round that anybody waited in does not.
internal sealed partial class CountSession
{
    private long _lastCredit;

    public void Restore(KeptCredit kept, Member member)
    {
        _lastCredit = Math.Max(_lastCredit, kept.Credit);
        var entry = new CountEntry(member, null, Act.Add, kept.Number, kept.Roster, kept.Code, EnterFlags.None, kept.At) { Credit = kept.Credit };
        (Open ??= new CountRound(_lastNumber + 1)).Add(entry);
        Group.KeptBytes += entry.KeptBytes;
    }

    public void Restore(UsedCredit used)
    {
        if (Open?.Credits.FirstOrDefault(each => each.Credit == used.Credit) is not { } entry) return;
        Open.Remove(entry);
        Group.KeptBytes -= entry.KeptBytes;
        if (Open.IsEmpty) Open = null;
    }

    private void Keep(CountEntry credit, Request request, Turn turn)
    {
        if (!Group.KeepsFacts) return;
        Group.Keep(
            new KeptCredit(Key.Name, credit.Credit, credit.Member.Id, credit.Number, credit.Roster, credit.Code, credit.At, request.Identity), turn);
    }

    private void Forget(CountEntry credit, Turn turn)
    {
        Group.KeptBytes -= credit.KeptBytes;
        if (Group.KeepsFacts) Group.Keep(new UsedCredit(Key.Name, credit.Credit), turn);
    }
}
