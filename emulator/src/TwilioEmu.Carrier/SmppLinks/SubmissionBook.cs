using System.Globalization;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>What a gateway submitted, by message_id: for query_sm, cancel_sm and replace_sm.</summary>
/// <remarks>
/// Loop-confined. Of those that are done no more is kept than may be asked of them, and the oldest are forgotten; of those that wait for
/// their time there are no more than the limit.
/// </remarks>
internal sealed class SubmissionBook
{
    /// <summary>Kept at most (inferred).</summary>
    public const int MaxKept = 20_000;

    // The digits of a message_id.
    private const int IdLength = 10;

    private readonly Dictionary<long, Submission> _open = [];
    private readonly Queue<long> _order = [];
    private readonly HashSet<Submission> _scheduled = [];
    private readonly Settled[] _settled = new Settled[MaxKept];
    private long _last;

    /// <summary>True when the SMSC keeps no more texts for later (ESME_RMSGQFUL).</summary>
    public bool IsFull => _scheduled.Count >= MaxKept;

    /// <summary>Texts whose time has not come.</summary>
    public IEnumerable<Submission> Scheduled => _scheduled;

    /// <summary>The number of the next.</summary>
    public long NextNumber() => ++_last;

    public void Add(Submission submission)
    {
        _open.Add(submission.Number, submission);
        _order.Enqueue(submission.Number);
        for (var looked = 0; _order.Count > MaxKept && looked < 2; looked++)
        {
            var oldest = _order.Dequeue();
            // What waits for its time comes round again.
            if (_open.TryGetValue(oldest, out var waiting) && _scheduled.Contains(waiting)) _order.Enqueue(oldest);
            else _open.Remove(oldest);
        }
    }

    public void AddScheduled(Submission submission) => _scheduled.Add(submission);

    public void RemoveScheduled(Submission submission) => _scheduled.Remove(submission);

    /// <summary>Nothing more will become of it.</summary>
    public void Settle(Submission submission)
    {
        var number = submission.Number;
        if (!_open.Remove(number)) return;
        ref var place = ref _settled[number % MaxKept];
        // One that took long does not drive out a younger one.
        if (place.Number > number) return;
        place = new Settled(number, submission.Source.Value ?? "", submission.State, submission.Error, submission.Done);
    }

    /// <summary>
    /// The submission of an id, if it is of that source (§4.8.1: they must match; an empty one matches where it was empty). One that is
    /// done is known by its source, its state and its error alone.
    /// </summary>
    public Submission? Find(string id, SmppAddress source)
    {
        if (id.Length != IdLength || NumberOf(id) is not (> 0 and var number)) return null;
        var settled = _settled[number % MaxKept];
        var found = _open.GetValueOrDefault(number) ?? (settled.Number == number ? settled.Read() : null);
        return (found?.Source.Value ?? "") == (source.Value ?? "") ? found : null;
    }

    // 0 for none of ours.
    private static long NumberOf(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private readonly record struct Settled(long Number, string Source, MessageState State, string Error, DateTimeOffset? Done)
    {
        public Submission Read() => new()
        {
            Number = Number,
            Source = new SmppAddress(0, 0, Source),
            Destination = SmppAddress.None,
            ServiceType = "",
            Registered = 0,
            Submitted = default,
            State = State,
            Error = Error,
            Done = Done,
        };
    }
}
