using System.Globalization;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Texts;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>Twilio's error codes for what carriers say, and carriers' words for Twilio's codes.</summary>
/// <remarks>
/// twilio.com/docs/api/errors: 30003 unreachable handset, 30004 blocked, 30005 unknown handset, 30006 landline, 30007 filtered,
/// 30008 unknown. Which of them the live service makes of which carrier's word it does not say: the table is (inferred).
/// Network errors are those of 3GPP TS 29.002 §17.6.6 (MAP), which SMSCs put into <c>err</c> and network_error_code.
/// </remarks>
public static class DeliveryFaults
{
    public const int Unreachable = 30003;
    public const int Blocked = 30004;
    public const int UnknownHandset = 30005;
    public const int Landline = 30006;
    public const int Filtered = 30007;
    public const int Unknown = 30008;

    private static readonly (int Network, int Code)[] NetworkErrors =
    [
        (1, UnknownHandset), (5, UnknownHandset), (6, Unreachable), (9, Blocked), (11, Landline), (12, Blocked), (13, Blocked),
        (21, Landline), (27, Unreachable), (31, Unreachable),
    ];

    /// <summary>Why a text was not delivered.</summary>
    /// <param name="receipt">What was told.</param>
    /// <param name="own">What the user says of this carrier's errors.</param>
    public static int Of(DeliveryReceipt receipt, IReadOnlyDictionary<string, int> own)
    {
        if (own.TryGetValue(receipt.Error, out var told)) return told;
        if (int.TryParse(receipt.Error, NumberStyles.None, CultureInfo.InvariantCulture, out var network)
            && NetworkErrors.FirstOrDefault(e => e.Network == network) is { Code: > 0 } known)
        {
            return known.Code;
        }
        return receipt.State switch
        {
            MessageState.Expired or MessageState.Undeliverable => Unreachable,
            MessageState.Rejected => Filtered,
            _ => Unknown,
        };
    }

    /// <summary>Why a text was refused.</summary>
    public static int Of(CommandStatus status) => status switch
    {
        CommandStatus.InvDstAdr or CommandStatus.InvDstTon or CommandStatus.InvDstNpi => UnknownHandset,
        CommandStatus.RxRAppn => Filtered,
        CommandStatus.DeliveryFailure => Unreachable,
        _ => Unknown,
    };

    /// <summary>What a gateway is told of a text of its own that did not arrive: state and <c>err</c>.</summary>
    public static (MessageState State, string Error) Of(int code) => code switch
    {
        Unreachable => (MessageState.Undeliverable, "006"),
        Blocked => (MessageState.Rejected, "013"),
        UnknownHandset => (MessageState.Undeliverable, "001"),
        Landline => (MessageState.Undeliverable, "011"),
        Filtered => (MessageState.Rejected, "000"),
        _ => (MessageState.Undeliverable, "000"),
    };
}
