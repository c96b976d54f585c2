using System.Globalization;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>What a gateway submitted, by message_id: for query_sm, cancel_sm and replace_sm.</summary>
/// <remarks>Loop-confined. Of those that are done the oldest are forgotten; of those that wait there are no more than the limit.</remarks>
internal sealed class SubmissionBook(string prefix)
{
    /// <summary>Kept at most (inferred).</summary>
    public const int MaxKept = 20_000;

    private readonly Dictionary<string, Submission> _byId = new(StringComparer.Ordinal);
    private readonly Queue<Submission> _done = [];
    private readonly HashSet<Submission> _scheduled = [];
    private long _last;

    /// <summary>True when the SMSC keeps no more texts for later (ESME_RMSGQFUL).</summary>
    public bool IsFull => _scheduled.Count >= MaxKept;

    /// <summary>Texts whose time has not come.</summary>
    public IEnumerable<Submission> Scheduled => _scheduled;

    /// <summary>The next message_id: ten digits, as appendix B has them.</summary>
    public string NextId() => prefix + (++_last).ToString("0000000000", CultureInfo.InvariantCulture);

    public void Add(Submission submission)
    {
        _byId.Add(submission.Id, submission);
        _done.Enqueue(submission);
        for (var looked = 0; _done.Count > MaxKept && looked < 2; looked++)
        {
            var oldest = _done.Dequeue();
            // What waits for its time comes round again.
            if (_scheduled.Contains(oldest)) _done.Enqueue(oldest);
            else _byId.Remove(oldest.Id);
        }
    }

    public void AddScheduled(Submission submission) => _scheduled.Add(submission);

    public void RemoveScheduled(Submission submission) => _scheduled.Remove(submission);

    /// <summary>
    /// The submission of an id, if it is of that source (§4.8.1: they must match; an empty one matches where it was empty).
    /// </summary>
    public Submission? Find(string id, SmppAddress source) =>
        _byId.GetValueOrDefault(id) is { } found && (found.Source.Value ?? "") == (source.Value ?? "") ? found : null;
}
