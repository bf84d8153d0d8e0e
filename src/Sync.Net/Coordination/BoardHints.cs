using System.Globalization;
using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>Likely causes of a wait for messages that is not met.</summary>
internal static class BoardHints
{
    /// <summary>Own messages are needed by default, and that is easily overlooked.</summary>
    public static string? OwnSend(BoardWait wait, Failed failed, SessionKey board) =>
        wait is ReceiveAllWait && failed.Missing is [{ } only] && only.Id == wait.Self
            ? $"only your own send is missing: '{board.Name}' is needed of {wait.Self} as well; send it before, or wait without your own"
            : null;

    /// <summary>Who only sends stays in its round, whatever it sends, and the others wait for it in theirs.</summary>
    public static string? Behind(BoardWait wait, Failed failed, Board messages, SessionKey board)
    {
        if (wait is not SyncWait { Round.Number: var round }) return null;
        foreach (MemberFact missing in failed.Missing)
        {
            if (messages.Find(missing.Id) is { } sender && sender.Round < round)
                return string.Create(CultureInfo.InvariantCulture, $"{missing.Id} has sent, but is still in round {sender.Round} of '{board.Name}', and {wait.Self} in round {round}: each round is to be synced by all");
        }
        return null;
    }

    /// <summary>A message of nearly the same id; who sent it is, if possible, one that is missing.</summary>
    public static string? NearMiss(BoardWait wait, Failed failed, SessionKey board, IGroup group)
    {
        foreach (Session session in group.Sessions)
        {
            if (session is not BoardSession other || other.LastSender is not { } last || !Hints.AreAlike(other.Key.Name, board.Name)) continue;
            string sender = failed.Missing.Select(static each => each.Id).FirstOrDefault(other.HasSent) ?? last;
            return $"{wait.Self} waits for '{board.Name}', {sender} sent '{other.Key.Name}'";
        }
        return null;
    }
}
