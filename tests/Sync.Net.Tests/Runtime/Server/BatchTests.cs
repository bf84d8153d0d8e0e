using Sync.Net.Runtime.Server;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class BatchTests
{
    private readonly List<string> _told = [];

    [Fact]
    public void Flush_AgainAndAgain_BeginsWithAnotherMemberEachTime_AndTellsEachOnce()
    {
        GroupLink[] links = [.. "abc".Select((letter, i) => new TellTale(i + 1, $"{letter}", isLocal: false, _told))];
        var here = new TellTale(4, "here", isLocal: true, _told);
        var batch = new Batch();

        string[] turns = [.. Enumerable.Range(1, 4).Select(turn =>
        {
            _told.Clear();
            batch.Id = turn;
            batch.Touch(here);
            foreach (GroupLink link in links.Concat(links)) batch.Touch(link);
            batch.Flush(null!);
            return string.Join(' ', _told);
        })];

        Assert.Equal(["a b c here", "b c a here", "c a b here", "a b c here"], turns);
    }

    private sealed class TellTale(long number, string member, bool isLocal, List<string> told) : GroupLink(number, member, null, Guid.NewGuid(), null)
    {
        public override bool IsLocal => isLocal;

        public override void Dispatch() => told.Add(Member);

        public override bool TryAcknowledge(long frames) => throw new NotSupportedException();

        public override bool TryTakeAcknowledged(out long request) => throw new NotSupportedException();

        public override void OnSeated() => throw new NotSupportedException();

        public override void OnRefused(RefuseReason reason, string text) => throw new NotSupportedException();

        public override void OnEvicted(string text, bool byItself) => throw new NotSupportedException();

        public override bool OnProbed(TimeSpan now, bool recentlyIsEnough) => throw new NotSupportedException();

        public override void OnAnswer(long request, AnswerContent content) => throw new NotSupportedException();

        public override void OnDecision(long request, AnswerContent content) => throw new NotSupportedException();

        public override void OnClosing() => throw new NotSupportedException();
    }
}
