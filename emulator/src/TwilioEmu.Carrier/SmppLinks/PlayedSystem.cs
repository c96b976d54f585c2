using System.Collections.Immutable;
using TwilioEmu.Kernel;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;
using TwilioEmu.Smpp.Transports;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>A gateway, or an SMSC, played in this process: by a story or a test. Every octet is as it would be on a wire.</summary>
/// <remarks>Loop-confined; it counts in the world's time, and each of its PDUs is a turn of its own.</remarks>
public sealed class PlayedSystem : ISmppWire, IDisposable
{
    /// <summary>Requests kept, the last of them.</summary>
    private const int MaxKept = 1_000;

    private readonly World _world;
    private readonly SmppHost _host;
    private readonly SmppSession _session;
    private readonly ITimer _timer;
    private readonly LinkedList<Pdu> _received = [];
    private TaskCompletionSource<CommandStatus?>? _binding;
    private long _lastId;

    /// <param name="world">Where it lives.</param>
    /// <param name="host">Whom it is joined to.</param>
    /// <param name="role">What it is: an ESME binds to the emulator, an SMSC is bound to.</param>
    /// <param name="terms">Its own timers and windows.</param>
    public PlayedSystem(World world, SmppHost host, SmppRole role, SessionTerms? terms = null)
    {
        (_world, _host) = (world, host);
        // It is the emulator's side that asks whether the other is there.
        _session = new SmppSession(role, terms ?? new SessionTerms { EnquireLink = null }, world.Clock.GetUtcNow());
        _timer = world.Clock.CreateTimer(_ => Do(() => _session.Tick(Now)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Peer => "played";

    public bool IsSecure => false;

    public bool IsBound => _session.IsBound;

    public bool IsOver => _session.IsOver;

    /// <summary>Which way texts go over it.</summary>
    public BindMode Mode => _session.Mode;

    /// <summary>Why its bind was refused; OK for none.</summary>
    public CommandStatus RefusedWith { get; private set; }

    /// <summary>What it was asked, the last ones, oldest first: texts and receipts.</summary>
    public IReadOnlyCollection<Pdu> Received => _received;

    /// <summary>How it answers what it is asked: a status, and the message_id it gives; null answers nothing at all.</summary>
    public Func<Pdu, (CommandStatus Status, string MessageId)?>? Answers { get; set; }

    /// <summary>An SMSC's judgement of who binds.</summary>
    public Func<BindBody, CommandStatus> Judges { get; set; } = static _ => CommandStatus.Ok;

    private DateTimeOffset Now => _world.Clock.GetUtcNow();

    /// <summary>A gateway binds.</summary>
    public void Bind(BindMode mode, string systemId, string password) => _ = BindAsync(mode, systemId, password);

    /// <summary>A gateway binds; how that was answered, null for not at all.</summary>
    public Task<CommandStatus?> BindAsync(BindMode mode, string systemId, string password)
    {
        _binding = new TaskCompletionSource<CommandStatus?>();
        _host.Join(this, null);
        Do(() => _session.Bind(mode, new BindBody(systemId, password, "", BindBody.Version34, SmppAddress.None), Now));
        return _binding.Task;
    }

    /// <summary>An SMSC is reached by the link that was configured for it.</summary>
    /// <returns>False where there is no such link.</returns>
    public bool Meet(string centre) => _host.Join(this, centre);

    /// <summary>Asks something; null where there was no answer.</summary>
    public Task<Pdu?> AskAsync(CommandId command, PduBody body, params ImmutableArray<Tlv> tlvs)
    {
        var answer = new TaskCompletionSource<Pdu?>();
        Do(() => _session.Ask(command, body, tlvs, answer, Now));
        return answer.Task;
    }

    /// <summary>Ends the session in good order.</summary>
    public void Unbind() => Do(() => _session.Unbind(Now));

    /// <summary>Its connection breaks.</summary>
    public void Break()
    {
        Do(_session.Break);
        _world.Loop.Post(() => ((ISmppReceiver)_host).Closed(this, null));
    }

    void ISmppWire.Send(ReadOnlyMemory<byte> octets) => _world.Loop.Post(() => Do(() => _session.Receive(octets, Now)));

    void ISmppWire.Flush()
    {
        // Nothing was held back.
    }

    void ISmppWire.Close() => _world.Loop.Post(() => Do(_session.Break));

    public void Dispose() => _timer.Dispose();

    private void Do(Action act)
    {
        act();
        while (_session.TryTake(out var output)) Take(output);
        var wait = _session.NextDue - Now ?? Timeout.InfiniteTimeSpan;
        _timer.Change(wait < TimeSpan.Zero && wait != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
    }

    private void Take(SessionOutput output)
    {
        switch (output)
        {
            case SessionOutput.Send send: _world.Loop.Post(() => _host.Receive(this, [send.Octets])); break;
            case SessionOutput.Answered answered: ((TaskCompletionSource<Pdu?>)answered.Tag).TrySetResult(answered.Response); break;
            case SessionOutput.Bound: _binding?.TrySetResult(CommandStatus.Ok); break;
            case SessionOutput.BindRefused refused:
                RefusedWith = refused.Status;
                _binding?.TrySetResult(refused.Status);
                break;
            case SessionOutput.Ended: _binding?.TrySetResult(null); break;
            case SessionOutput.BindAsked asked when Judges(asked.Bind) is var status:
                if (status == CommandStatus.Ok) _session.AcceptBind(asked, "SMSC", new SessionTerms { EnquireLink = null }, Now);
                else _session.RefuseBind(asked, status);
                break;
            case SessionOutput.Asked { Request: var request }:
                _received.AddLast(request);
                if (_received.Count > MaxKept) _received.RemoveFirst();
                var answer = Answers is { } answers
                    ? answers(request)
                    : (CommandStatus.Ok, request.Command == CommandId.SubmitSm ? $"{++_lastId:0000000000}" : "");
                if (request.Command.IsAnswered() && answer is var (how, id)) _session.Reply(request, how, new MessageIdBody(id));
                break;
        }
    }
}
