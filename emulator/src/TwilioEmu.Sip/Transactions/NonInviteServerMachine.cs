using static TwilioEmu.Sip.Transactions.SipActionKind;
using static TwilioEmu.Sip.Transactions.SipInput;
using static TwilioEmu.Sip.Transactions.TransactionState;

namespace TwilioEmu.Sip.Transactions;

/// <summary>The server's side of any request but INVITE and ACK.</summary>
/// <remarks>
/// RFC 3261 §17.2.2. Timer J is zero over a reliable transport. A request nobody answers is forgotten when its sender has given it up
/// (Timer F), as RFC 4320 §4.2 asks.
/// <code>
/// state      | input          | next       | actions
/// Initial    | Start          | Trying     | deliver, F = 64*T1
/// Trying, Proceeding | answer 1xx | Proceeding | send response
/// Trying, Proceeding | answer 2xx-6xx | Completed | send response, J = 64*T1
/// Trying, Proceeding | Timer F | Terminated |
/// Proceeding | retransmission | Proceeding | send the last response
/// Completed  | retransmission | Completed  | send the last response
/// Proceeding, Completed | transport error | Terminated | tell error
/// Completed  | Timer J        | Terminated |
/// </code>
/// </remarks>
internal static class NonInviteServerMachine
{
    public static (MachineState State, IReadOnlyList<SipAction> Actions) Step(MachineState state, SipInput input, MachineTerms terms) =>
        (state.Name, input) switch
        {
            (Initial, Start) => (new(Trying), [SipAction.Start(SipTimer.F, terms.Timers.GiveUp), Deliver]),
            (Trying or Proceeding, TimerF) => (new(Terminated), []),
            (Trying or Proceeding, Answer1xx) => (new(Proceeding), [SendResponse]),
            (Trying or Proceeding, Answer2xx or Answer3xxTo6xx) when terms.IsReliable => (new(Terminated), [SendResponse]),
            (Trying or Proceeding, Answer2xx or Answer3xxTo6xx) =>
                (new(Completed), [SendResponse, SipAction.Start(SipTimer.J, terms.Timers.GiveUp)]),
            (Proceeding or Completed, Retransmission) => (state, [SendResponse]),
            (Proceeding or Completed, TransportError) => (new(Terminated), [TellTransportError]),
            (Completed, TimerJ) => (new(Terminated), []),
            _ => (state, []),
        };
}
