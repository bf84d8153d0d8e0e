using System.Text;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>Cuts a result's contributions to what is asked for and to what fits into frames.</summary>
internal static class ResultParts
{
    /// <summary>Results up to this size go in one frame, which is handed to the kernel in one write.</summary>
    public const int WholeBytes = 128 * 1024;

    /// <summary>Room for the array headers and lengths of one contribution.</summary>
    private const int ContributionOverhead = 16;

    /// <summary>Room for the number, the time and the role's length of a numbered one.</summary>
    private const int NumberedOverhead = 24;

    /// <summary>The outcome with only the contributions of some members; their order stays.</summary>
    public static Outcome Only(Outcome outcome, Roster? from) =>
        from is null || outcome is not Released { Contributions: { } all } released
            ? outcome
            : released with { Contributions = Of(all, from) };

    private static Contribution[] Of(IReadOnlyList<Contribution> all, Roster from) => [.. all.Where(each => from.Contains(each.Member))];

    public static Outcome WithoutContributions(Outcome outcome) => (Released)outcome with { Contributions = [] };

    /// <summary>The frames that go before the answer; none when all of it fits into one.</summary>
    public static byte[][] Encode(Term term, AnswerContent content, int maxFrameBytes)
    {
        if (content.Outcome is not Released { Contributions: { } all }) return [];
        long total = 0;
        foreach (Contribution each in all) total += SizeOf(each);
        if (total <= WholeBytes) return [];

        int room = Math.Min(WholeBytes, maxFrameBytes);
        var frames = new List<byte[]>();
        var part = new List<Contribution>();
        long bytes = 0;
        foreach (Contribution each in all)
        {
            long size = SizeOf(each);
            if (part.Count > 0 && bytes + size > room) Cut();
            part.Add(each);
            bytes += size;
        }
        Cut();
        return [.. frames];

        void Cut()
        {
            frames.Add(FrameBytes.Of(term, new PartFrame(content.Session, content.Generation, part)));
            part.Clear();
            bytes = 0;
        }
    }

    private static long SizeOf(in Contribution each) =>
        ContributionOverhead
        + Encoding.UTF8.GetByteCount(each.Member)
        + (each.Contract is null ? 0 : Encoding.UTF8.GetByteCount(each.Contract))
        + (each.Data?.Length ?? 0)
        + (each.Number == 0 ? 0 : NumberedOverhead + (each.Role is null ? 0 : Encoding.UTF8.GetByteCount(each.Role)));
}
