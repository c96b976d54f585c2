using System.Globalization;
using System.Numerics;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>How receipts of an SMSC spell the message_id of its submit_sm_resp.</summary>
public enum ReceiptIds
{
    Same,

    /// <summary>The answer has it in hexadecimal, the receipt in decimal digits.</summary>
    Decimal,

    /// <summary>The answer has it in decimal digits, the receipt in hexadecimal.</summary>
    Hexadecimal,
}

/// <summary>Spells what a receipt names as the answer had it.</summary>
/// <remarks>
/// SMPP 3.4 leaves the form to the SMSC (§5.2.23), and appendix B has ten decimal digits: some answer in the other base
/// (jookies/jasmin#20, #210; MavoCz/smscsim#4; Kannel's msg-id-type).
/// </remarks>
internal static class ReceiptSpelling
{
    /// <summary>The id as the answer had it; as it is where it is no number of that base.</summary>
    public static string Of(string id, ReceiptIds spelling) => spelling switch
    {
        ReceiptIds.Decimal when BigInteger.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            number.ToString("X", CultureInfo.InvariantCulture),
        // Without the zero a first digit from 8 on would make it negative.
        ReceiptIds.Hexadecimal when BigInteger.TryParse(
            $"0{id}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) =>
                number.ToString(CultureInfo.InvariantCulture),
        _ => id,
    };
}
