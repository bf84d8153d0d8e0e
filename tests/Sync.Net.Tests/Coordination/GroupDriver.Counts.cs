using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

// What members ask of the counted barrier 'x' and of the states.
internal sealed partial class GroupDriver
{
    public const string Counted = "x";

    /// <summary>Waits: as one of so many, or to be counted by an initialiser.</summary>
    public Wait Count(string member, long participants = 0, int code = 0, EnterFlags flags = default) =>
        Ask(member, SessionKind.Count, Counted, new Ask(Act.Wait, participants, code), flags: flags);

    public Wait Initialize(string member, long number, int code = 0, string roster = "", EnterFlags flags = default) =>
        Ask(member, SessionKind.Count, Counted, new Ask(Act.Initialize, number, code), roster, flags);

    public Wait InitializeFor(string member, string roster, EnterFlags flags = default) => Initialize(member, 0, 0, roster, flags);

    public Wait Add(string member, long number, int code = 0, string roster = "") =>
        Ask(member, SessionKind.Count, Counted, new Ask(Act.Add, number, code), roster);

    public Wait Clear(string member) => Ask(member, SessionKind.Count, Counted, new Ask(Act.Clear));

    public Wait SetState(string member, string state, string session = "states") =>
        Ask(member, SessionKind.State, session, new Ask(Act.SetState, Text: state));

    public Wait WaitForStates(string member, string members, string states, bool any = false, EnterFlags flags = default, string session = "states") =>
        Ask(member, SessionKind.State, session, new Ask(Act.WaitForStates, any ? 1 : 0, Names: states.Split(' ', StringSplitOptions.RemoveEmptyEntries)), members, flags);

    /// <summary>Sends the same request of a count again, as a member does after a reconnect.</summary>
    public void ResendCount(Wait wait, Act act, long number = 0)
    {
        Coordinator.Apply(
            new Enter(Seats(wait.Member).Link, wait.Request, wait.Session, 0, default, Roster.Empty, null, null, null, new Ask(act, number)), Now, _effects);
        CarryOut();
    }
}
