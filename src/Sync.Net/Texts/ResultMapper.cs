using Sync.Net.Payloads;
using Sync.Net.Wire;

namespace Sync.Net.Texts;

/// <summary>Makes the result of a wait that was met.</summary>
internal static class ResultMapper
{
    public static RendezvousResult Meeting(in CallContext call, Released outcome)
    {
        Arrival[] arrivals = [.. (outcome.Arrivals ?? []).Select((a, i) => new Arrival(a.Member, i + 1, a.Waited))];
        return new RendezvousResult
        {
            SessionKey = call.Session.GetValueOrDefault(),
            Generation = call.Generation,
            Self = call.Self,
            Master = call.Master ?? call.Endpoint ?? "",
            Count = outcome.Count,
            Arrivals = arrivals,
            Straggler = outcome.Straggler,
            Lost = [.. outcome.Lost.Select(l => new LostMember(l.Member, l.Reason, l.LastSeenAgo, l.LastSeenIn))],
            Waited = call.Waited,
            Spread = arrivals.Length == 0 ? null : arrivals.Max(a => a.Waited) - arrivals.Min(a => a.Waited),
        };
    }

    /// <summary>Reads what was given.</summary>
    /// <param name="call">The call.</param>
    /// <param name="outcome">Contributions may lack, or hold without data, who gave nothing.</param>
    /// <param name="asked">Whose data was asked for: the hosts, or some of them.</param>
    /// <param name="payloads">Reads the values.</param>
    /// <exception cref="SyncException">A value could not be read, or is of another contract.</exception>
    public static SyncResult<T> Data<T>(in CallContext call, Released outcome, Roster asked, PayloadSerializer<T> payloads)
        where T : notnull
    {
        var values = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (Contribution given in outcome.Contributions ?? [])
        {
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
        return new SyncResult<T>(Meeting(call, outcome), values, [.. asked.Members.Where(m => !values.ContainsKey(m))]);
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
