using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Smpp.Sessions;

/// <summary>One session from its connection to its end, on either side: PDUs and instants in, PDUs and news out.</summary>
/// <remarks>
/// SMPP 3.4 §2.2 and §2.7. No clock and no wire: one loop owns it, calls <see cref="Receive"/> for each PDU and <see cref="Tick"/> at
/// <see cref="NextDue"/>, and after each of these and each command takes outputs by <see cref="TryTake"/> until there are none.
/// <code>
/// state      input                               -> state      action
/// Open       bind_* (SMSC)                          Asked      BindAsked
/// Asked      AcceptBind | RefuseBind                Bound|Open  bind_*_resp
/// Open       Bind() (ESME)                          Asked      bind_*
/// Asked      bind_*_resp                            Bound|Over  Bound | BindRefused, Ended
/// Open,Asked init timer                             Over       Ended(NotBound)
/// Bound      requests, by <see cref="Legality"/>     Bound      Asked, or a refusal
/// Bound      unbind                                 Over       unbind_resp, Ended(PeerUnbound)
/// Bound      Unbind(), inactivity timer             Unbinding  unbind
/// Bound      no answer to enquire_link              Over       Ended(NoAnswer)
/// Unbinding  unbind_resp, response timer            Over       Ended(WeUnbound)
/// </code>
/// </remarks>
public sealed class SmppSession
{
    /// <summary>Requests that wait for the window (inferred); who asks for more is told at once that there is no answer.</summary>
    private const int MaxWaiting = 10_000;

    private static readonly object EnquireTag = new();
    private static readonly object UnbindTag = new();
    private static readonly object BindTag = new();

    private readonly SmppRole _role;
    private readonly Queue<SessionOutput> _outputs = [];
    private readonly Dictionary<uint, Outstanding> _outstanding = [];
    private readonly Queue<(uint Sequence, DateTimeOffset Due)> _answersDue = [];
    private readonly Queue<(CommandId Command, PduBody Body, ImmutableArray<Tlv> Tlvs, object Tag)> _waiting = [];
    private readonly HashSet<uint> _unanswered = [];
    private SessionTerms _terms;
    private State _state;
    private uint _lastSequence;
    private int _inWindow;
    private readonly DateTimeOffset _initDue;
    private DateTimeOffset _heard;
    private DateTimeOffset _acted;
    private bool _isEnquiring;
    private SessionEnd _endOfUnbind = SessionEnd.WeUnbound;

    public SmppSession(SmppRole role, SessionTerms terms, DateTimeOffset now)
    {
        (_role, _terms) = (role, terms);
        (_initDue, _heard, _acted) = (now + terms.Init, now, now);
    }

    private enum State
    {
        Open,
        Asked,
        Bound,
        Unbinding,
        Over,
    }

    /// <summary>Which way texts go; none before the bind and after the end.</summary>
    public BindMode Mode { get; private set; }

    public bool IsBound => _state == State.Bound;

    public bool IsOver => _state == State.Over;

    /// <summary>Requests of ours that are not answered yet, those that wait for the window included.</summary>
    public int PendingCount => _inWindow + _waiting.Count;

    /// <summary>Requests of the peer's that are not answered yet.</summary>
    public int UnansweredCount => _unanswered.Count;

    /// <summary>When <see cref="Tick"/> is to be called; null for never.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? due = null;
            void Or(DateTimeOffset? other) => due = due is null || other < due ? other ?? due : due;
            switch (_state)
            {
                case State.Over: return null;
                case State.Open or State.Asked: Or(_initDue); break;
                case State.Bound:
                    if (!_isEnquiring) Or(_heard + _terms.EnquireLink);
                    Or(_acted + _terms.Inactivity);
                    break;
            }
            while (_answersDue.TryPeek(out var next) && !_outstanding.ContainsKey(next.Sequence)) _answersDue.Dequeue();
            if (_answersDue.TryPeek(out var answer)) Or(answer.Due);
            return due;
        }
    }

    /// <summary>The next thing to be done or known.</summary>
    public bool TryTake([NotNullWhen(true)] out SessionOutput? output) => _outputs.TryDequeue(out output);

    /// <summary>Binds to the SMSC; ours is the ESME.</summary>
    public void Bind(BindMode mode, BindBody bind, DateTimeOffset now)
    {
        if (_role != SmppRole.Esme || _state != State.Open) throw new InvalidOperationException("only an ESME binds, once");
        _state = State.Asked;
        Mode = mode;
        Put(mode.Command(), bind, [], BindTag, now);
    }

    /// <summary>Lets the ESME in.</summary>
    /// <param name="asked">As it was told.</param>
    /// <param name="systemId">Ours.</param>
    /// <param name="terms">Those of this ESME, from now on.</param>
    /// <param name="now">Now.</param>
    public void AcceptBind(SessionOutput.BindAsked asked, string systemId, SessionTerms terms, DateTimeOffset now)
    {
        if (_state != State.Asked) return;
        (_state, Mode, _terms) = (State.Bound, asked.Mode, terms);
        // §4.1.2 and its kin: sc_interface_version is for those who can read optional parameters.
        ImmutableArray<Tlv> tlvs = asked.Bind.InterfaceVersion >= BindBody.Version34
            ? [Tlv.Of(TlvTag.ScInterfaceVersion, BindBody.Version34)]
            : [];
        Write(Pdu.Response(asked.Request.Command, asked.Request.Sequence, CommandStatus.Ok, new BindRespBody(systemId), tlvs));
    }

    /// <summary>Does not let the ESME in; it may try again until the init timer ends.</summary>
    public void RefuseBind(SessionOutput.BindAsked asked, CommandStatus status)
    {
        if (_state != State.Asked) return;
        _state = State.Open;
        Write(Pdu.Response(asked.Request.Command, asked.Request.Sequence, status, PduBody.Empty));
    }

    /// <summary>
    /// Asks the peer something, or waits with it until the window has room; the answer comes as <see cref="SessionOutput.Answered"/>.
    /// </summary>
    public void Ask(CommandId command, PduBody body, ImmutableArray<Tlv> tlvs, object tag, DateTimeOffset now)
    {
        if (_state != State.Bound || _waiting.Count >= MaxWaiting) _outputs.Enqueue(new SessionOutput.Answered(tag, null));
        else if (_inWindow >= _terms.Window) _waiting.Enqueue((command, body, tlvs, tag));
        else
        {
            _inWindow++;
            _acted = now;
            Put(command, body, tlvs, tag, now);
        }
    }

    /// <summary>Answers a request, once.</summary>
    public void Reply(Pdu request, CommandStatus status, PduBody body, params ImmutableArray<Tlv> tlvs)
    {
        _unanswered.Remove(request.Sequence);
        if (_state == State.Over) return;
        Write(Pdu.Response(
            request.Command, request.Sequence, status, status == CommandStatus.Ok || body is MultiRespBody ? body : PduBody.Empty, tlvs));
    }

    /// <summary>Ends the session in good order.</summary>
    public void Unbind(DateTimeOffset now, SessionEnd why = SessionEnd.WeUnbound)
    {
        if (_state != State.Bound)
        {
            End(why);
            return;
        }
        _state = State.Unbinding;
        _endOfUnbind = why;
        Put(CommandId.Unbind, PduBody.Empty, [], UnbindTag, now);
    }

    /// <summary>The connection is gone.</summary>
    public void Break() => End(SessionEnd.Broken);

    /// <summary>A length was wrong: the peer is told, and the session is over.</summary>
    public void Lose(uint sequence)
    {
        if (_state == State.Over) return;
        Write(new Pdu(CommandId.GenericNack, CommandStatus.InvCmdLen, sequence, PduBody.Empty));
        End(SessionEnd.Unreadable);
    }

    /// <summary>Takes one PDU, whole.</summary>
    public void Receive(ReadOnlyMemory<byte> octets, DateTimeOffset now)
    {
        if (_state == State.Over) return;
        (_heard, _isEnquiring) = (now, false);
        if (PduCodec.Read(octets, out var pdu) is { } fault) Refuse(fault, now);
        else if (pdu!.Command.IsResponse()) TakeResponse(pdu, now);
        else TakeRequest(pdu, now);
    }

    /// <summary>Does what is due.</summary>
    public void Tick(DateTimeOffset now)
    {
        if (_state is State.Open or State.Asked && now >= _initDue)
        {
            End(SessionEnd.NotBound);
            return;
        }
        while (_state != State.Over && _answersDue.TryPeek(out var due) && due.Due <= now)
        {
            _answersDue.Dequeue();
            if (_outstanding.Remove(due.Sequence, out var late)) TakeAnswer(late, null, now);
        }
        if (_state != State.Bound) return;
        if (now >= _acted + _terms.Inactivity) Unbind(now, SessionEnd.Inactive);
        else if (!_isEnquiring && now >= _heard + _terms.EnquireLink)
        {
            _isEnquiring = true;
            Put(CommandId.EnquireLink, PduBody.Empty, [], EnquireTag, now);
        }
    }

    private void Refuse(PduFault fault, DateTimeOffset now)
    {
        if (fault.Command.IsResponse())
        {
            if (_outstanding.Remove(fault.Sequence, out var asked))
            {
                TakeAnswer(asked, new Pdu(fault.Command, CommandStatus.UnknownErr, fault.Sequence, PduBody.Empty), now);
            }
            return;
        }
        // §4.3: what cannot be told apart is answered by generic_nack; what can, by its own response.
        var isKnown = fault.Status is not (CommandStatus.InvCmdId or CommandStatus.InvCmdLen) && fault.Command.IsAnswered();
        Write(new Pdu(isKnown ? fault.Command.Response() : CommandId.GenericNack, fault.Status, fault.Sequence, PduBody.Empty));
    }

    private void TakeRequest(Pdu request, DateTimeOffset now)
    {
        var status = _state == State.Asked && request.Command.IsBind()
            ? CommandStatus.AlyBnd
            : Legality.Judge(_role, _state == State.Asked ? BindMode.None : Mode, request.Command);
        if (status != CommandStatus.Ok)
        {
            if (request.Command.IsAnswered() || status == CommandStatus.InvCmdId)
            {
                Write(new Pdu(
                    status == CommandStatus.InvCmdId ? CommandId.GenericNack : request.Command.Response(), status, request.Sequence,
                    PduBody.Empty));
            }
            return;
        }
        switch (request)
        {
            case { Command: CommandId.EnquireLink }:
                Write(Pdu.Response(CommandId.EnquireLink, request.Sequence, CommandStatus.Ok, PduBody.Empty)); return;
            case { Command: CommandId.Unbind }:
                Write(Pdu.Response(CommandId.Unbind, request.Sequence, CommandStatus.Ok, PduBody.Empty));
                End(SessionEnd.PeerUnbound);
                return;
            case { Body: BindBody bind }:
                _state = State.Asked;
                _outputs.Enqueue(new SessionOutput.BindAsked(request, BindModes.Of(request.Command), bind));
                return;
        }
        _acted = now;
        if (Legality.CarriesText(request.Command) && (_unanswered.Count >= _terms.PeerWindow || _terms.PeerRate?.TryTake(now) == false))
        {
            Write(Pdu.Response(request.Command, request.Sequence, CommandStatus.Throttled, PduBody.Empty));
            _outputs.Enqueue(new SessionOutput.Throttled(request));
            return;
        }
        if (request.Command.IsAnswered()) _unanswered.Add(request.Sequence);
        _outputs.Enqueue(new SessionOutput.Asked(request));
    }

    private void TakeResponse(Pdu response, DateTimeOffset now)
    {
        // An answer to nothing, or to something else, is passed over.
        if (!_outstanding.TryGetValue(response.Sequence, out var asked)) return;
        if (response.Command != CommandId.GenericNack && response.Command != asked.Command.Response()) return;
        _outstanding.Remove(response.Sequence);
        TakeAnswer(asked, response, now);
    }

    private void TakeAnswer(Outstanding asked, Pdu? response, DateTimeOffset now)
    {
        if (asked.Tag == EnquireTag)
        {
            if (response is null && _state == State.Bound) End(SessionEnd.NoAnswer);
        }
        else if (asked.Tag == UnbindTag) End(_endOfUnbind);
        else if (asked.Tag == BindTag) TakeBindAnswer(response, now);
        else
        {
            _inWindow--;
            _outputs.Enqueue(new SessionOutput.Answered(asked.Tag, response));
            while (_state == State.Bound && _inWindow < _terms.Window && _waiting.TryDequeue(out var next))
            {
                Ask(next.Command, next.Body, next.Tlvs, next.Tag, now);
            }
        }
    }

    private void TakeBindAnswer(Pdu? response, DateTimeOffset now)
    {
        if (response is { Status: CommandStatus.Ok, Body: BindRespBody bound })
        {
            _state = State.Bound;
            _acted = now;
            _outputs.Enqueue(new SessionOutput.Bound(bound.SystemId));
            return;
        }
        if (response is not null) _outputs.Enqueue(new SessionOutput.BindRefused(response.Status));
        End(response is null ? SessionEnd.NotBound : SessionEnd.Refused);
    }

    private void Put(CommandId command, PduBody body, ImmutableArray<Tlv> tlvs, object tag, DateTimeOffset now)
    {
        do _lastSequence = _lastSequence >= SmppLimits.MaxSequence ? 1 : _lastSequence + 1;
        while (_outstanding.ContainsKey(_lastSequence));
        _outstanding.Add(_lastSequence, new Outstanding(command, tag));
        _answersDue.Enqueue((_lastSequence, now + _terms.Response));
        Write(Pdu.Request(command, _lastSequence, body, tlvs));
    }

    private void Write(Pdu pdu) => _outputs.Enqueue(new SessionOutput.Send(PduCodec.Write(pdu)));

    private void End(SessionEnd why)
    {
        if (_state == State.Over) return;
        (_state, Mode) = (State.Over, BindMode.None);
        foreach (var (_, asked) in _outstanding
            .OrderBy(o => o.Key)
            .Where(o => o.Value.Tag != EnquireTag && o.Value.Tag != UnbindTag && o.Value.Tag != BindTag))
        {
            _outputs.Enqueue(new SessionOutput.Answered(asked.Tag, null));
        }
        foreach (var waiting in _waiting) _outputs.Enqueue(new SessionOutput.Answered(waiting.Tag, null));
        _outstanding.Clear();
        _waiting.Clear();
        _unanswered.Clear();
        _outputs.Enqueue(new SessionOutput.Ended(why));
    }

    private readonly record struct Outstanding(CommandId Command, object Tag);
}
