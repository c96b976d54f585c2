using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Smpp.Sessions;

/// <summary>Which requests may come in which state (SMPP 3.4 table 2-1).</summary>
/// <remarks>
/// <code>
/// to an SMSC                                  OPEN   TX   RX   TRX
/// bind_*                                       x     AlyBnd
/// submit_sm, submit_multi, data_sm,
/// query_sm, cancel_sm, replace_sm                    x         x
/// enquire_link, unbind                               x    x    x
/// to an ESME
/// deliver_sm, data_sm, alert_notification                 x    x
/// outbind                                      x
/// </code>
/// Everything else is ESME_RINVBNDSTS, or ESME_RINVCMDID where it never may come.
/// </remarks>
internal static class Legality
{
    public static CommandStatus Judge(SmppRole role, BindMode mode, CommandId command) => command switch
    {
        _ when command.IsBind() =>
            role == SmppRole.Esme ? CommandStatus.InvCmdId : mode == BindMode.None ? CommandStatus.Ok : CommandStatus.AlyBnd,
        CommandId.EnquireLink or CommandId.Unbind => When(mode != BindMode.None),
        CommandId.SubmitSm or CommandId.SubmitMulti or CommandId.QuerySm or CommandId.CancelSm or CommandId.ReplaceSm =>
            role == SmppRole.Smsc ? When(mode.Submits()) : CommandStatus.InvCmdId,
        CommandId.DataSm => When(role == SmppRole.Smsc ? mode.Submits() : mode.Receives()),
        CommandId.DeliverSm or CommandId.AlertNotification => role == SmppRole.Esme ? When(mode.Receives()) : CommandStatus.InvCmdId,
        CommandId.Outbind => role == SmppRole.Esme ? When(mode == BindMode.None) : CommandStatus.InvCmdId,
        _ => CommandStatus.InvCmdId,
    };

    /// <summary>True for what carries a text, which alone is throttled.</summary>
    public static bool CarriesText(CommandId command) =>
        command is CommandId.SubmitSm or CommandId.SubmitMulti or CommandId.DataSm or CommandId.DeliverSm;

    private static CommandStatus When(bool isLegal) => isLegal ? CommandStatus.Ok : CommandStatus.InvBndSts;
}
