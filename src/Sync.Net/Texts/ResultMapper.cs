using Sync.Net.Payloads;
using Sync.Net.Wire;

namespace Sync.Net.Texts;

/// <summary>Makes the result of a wait that was met.</summary>
internal static class ResultMapper
{
    public static RendezvousResult Meeting(in CallContext call, Released outcome)
    {
        Arrival[] arrivals = Arrivals(outcome.Arrivals ?? [], out TimeSpan? spread);
        return new RendezvousResult
        {
            SessionKey = call.Session.GetValueOrDefault(),
            Generation = call.Generation,
            Self = call.Self,
            Master = call.Master ?? call.Endpoint ?? "",
            Count = outcome.Count,
            Arrivals = arrivals,
            Straggler = outcome.Straggler,
            Lost = outcome.Lost.Count == 0 ? [] : [.. outcome.Lost.Select(l => new LostMember(l.Member, l.Reason, l.LastSeenAgo, l.LastSeenIn))],
            Waited = call.Waited,
            Spread = spread,
        };
    }

    private static Arrival[] Arrivals(IReadOnlyList<ArrivalFact> facts, out TimeSpan? spread)
    {
        spread = null;
        if (facts.Count == 0) return [];
        var arrivals = new Arrival[facts.Count];
        (TimeSpan least, TimeSpan most) = (TimeSpan.MaxValue, TimeSpan.MinValue);
        for (int i = 0; i < arrivals.Length; i++)
        {
            ArrivalFact fact = facts[i];
            arrivals[i] = new Arrival(fact.Member, i + 1, fact.Waited);
            if (fact.Waited < least) least = fact.Waited;
            if (fact.Waited > most) most = fact.Waited;
        }
        spread = most - least;
        return arrivals;
    }

    public static CountedResult Count(in CallContext call, Released outcome) => new(
        Meeting(call, outcome),
        [.. (outcome.Contributions ?? []).Where(static each => each.Number < 0).Select(static each => each.Member)],
        outcome.Code,
        outcome.CodeBy ?? []);

    public static GroupStatus Status(Overview overview) => new(
        [.. overview.Members.Select(static fact => new GroupMember(fact.Id, fact.Role, fact.State, fact.LastSeenAgo, fact.LastSeenIn)).OrderBy(static member => member.Id, StringComparer.Ordinal)],
        [.. overview.Waits.Select(static wait => new WaitStatus(wait.Session.Word, wait.Session.Name, wait.Member, wait.Waited, wait.Lacks, wait.Hint))]);

    public static SyncMessages Messages(in CallContext call, Released outcome, SyncOptions options)
    {
        string id = call.Session.GetValueOrDefault().Name;
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        var reader = new MessageReader(options, call);
        List<SyncMessage> messages = [];
        foreach (Contribution each in outcome.Contributions ?? [])
            messages.Add(new SyncMessage(id, each.Member, each.Role, each.Number, now - each.Ago, each.Data, each.Contract, reader));
        return new SyncMessages(id, messages, call.Waited);
    }

    /// <summary>Reads what was given.</summary>
    /// <param name="call">The call.</param>
    /// <param name="outcome">Contributions may lack, or hold without data, who gave nothing.</param>
    /// <param name="asked">Whose data was asked for: the hosts, or some of them; nobody where only the server knew them.</param>
    /// <param name="payloads">Reads the values.</param>
    /// <exception cref="SyncException">A value could not be read, or is of another contract.</exception>
    public static SyncResult<T> Data<T>(in CallContext call, Released outcome, Roster asked, PayloadSerializer<T> payloads)
        where T : notnull
    {
        if (asked.Count == 0) asked = Roster.Of((outcome.Contributions ?? []).Select(static each => each.Member));
        IReadOnlyList<Contribution> contributions = outcome.Contributions ?? [];
        var values = new Dictionary<string, T>(contributions.Count, StringComparer.Ordinal);
        for (int i = 0; i < contributions.Count; i++)
        {
            Contribution given = contributions[i];
            if (given.Data is not { } data || !asked.Contains(given.Member)) continue;
            if (PayloadContract.Differ(given.Contract, payloads.Contract))
                throw FailureMapper.WrongContract(call, given.Member, given.Contract!, payloads.Contract);
            try
            {
                values.Add(given.Member, payloads.Read(data));
            }
            catch (PayloadException e)
            {
                throw FailureMapper.Payload(call, given.Member, e.Message, e.Hint, e.InnerException);
            }
        }
        return new SyncResult<T>(
            Meeting(call, outcome), values, values.Count == asked.Count ? [] : [.. asked.Members.Where(m => !values.ContainsKey(m))]);
    }

    /// <summary>Writes what the caller gives.</summary>
    /// <exception cref="SyncException">The value could not be written.</exception>
    public static ReadOnlyMemory<byte> Write<T>(in CallContext call, T value, PayloadSerializer<T> payloads)
        where T : notnull
    {
        try
        {
            return payloads.Write(value);
        }
        catch (PayloadException e)
        {
            throw FailureMapper.Payload(call, call.Self, e.Message, e.Hint, e.InnerException);
        }
    }
}
