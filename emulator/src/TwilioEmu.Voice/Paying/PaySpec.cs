using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TwilioEmu.Voice.Paying;

/// <summary>What a payment is to be: the same for <c>&lt;Pay&gt;</c> and for the Payments of REST.</summary>
/// <remarks>twilio.com/docs/voice/twiml/pay; codes: error dictionary 64001 to 64024.</remarks>
internal sealed partial record PaySpec
{
    public const decimal MaxCharge = 1_000_000;

    public bool IsBank { get; init; }

    public string? BankAccountType { get; init; }

    /// <summary>What is charged; null where the payment method is only turned into a token.</summary>
    public decimal? Charge { get; init; }

    public string Currency { get; init; } = "usd";

    public string Connector { get; init; } = "Default";

    /// <summary><c>one-time</c>, <c>reusable</c>, <c>payment-method</c>.</summary>
    public string TokenType { get; init; } = "reusable";

    public ImmutableArray<string> CardTypes { get; init; } = ["visa", "mastercard", "amex"];

    /// <summary>From one key to the next.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    public bool AsksSecurityCode { get; init; } = true;

    public bool AsksPostalCode { get; init; } = true;

    /// <summary>Passed on without asking; null for none.</summary>
    public string? PostalCode { get; init; }

    public int MinPostalCodeLength { get; init; } = 1;

    /// <summary>Goes to the connector.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Twilio's error for what was asked; 0 for none.</summary>
    public int FaultCode { get; init; }

    public string Fault { get; init; } = "";

    /// <summary>What is asked for, in order.</summary>
    public IReadOnlyList<PayPiece> Pieces => IsBank
        ? [PayPiece.RoutingNumber, PayPiece.AccountNumber]
        : [.. CardPieces()];

    /// <summary>The method as the wire spells it.</summary>
    public string MethodWord => IsBank ? "ach-debit" : "credit-card";

    /// <summary>Reads the values that TwiML and REST have in common, each by its TwiML name; the first fault stays.</summary>
    /// <param name="value">The value of a name; null where it is left out.</param>
    /// <param name="parameters">Those for the connector.</param>
    public static PaySpec Read(Func<string, string?> value, ImmutableArray<KeyValuePair<string, string>> parameters)
    {
        var spec = new PaySpec { Parameters = parameters };
        var (code, fault) = (0, "");
        void Refuse(int number, string why)
        {
            if (code == 0) (code, fault) = (number, why);
        }

        string? Given(string name) => value(name) is { Length: > 0 } text ? text : null;
        bool Flag(string name)
        {
            if (Given(name) is not { } text) return true;
            if (!bool.TryParse(text, out var flag)) Refuse(64020, $"{name}='{text}' (not true or false)");
            return flag;
        }

        switch (Given("paymentMethod"))
        {
            case null or "credit-card": break;
            case "ach-debit": spec = spec with { IsBank = true, BankAccountType = "consumer-checking" }; break;
            case var method: Refuse(64013, $"paymentMethod='{method}' (not credit-card or ach-debit)"); break;
        }
        if (Given("bankAccountType") is { } account)
        {
            if (!spec.IsBank)
            {
                Refuse(64017, "bankAccountType goes with ach-debit only");
            }
            else if (account is "consumer-checking" or "consumer-savings" or "commercial-checking" or "commercial-savings")
            {
                spec = spec with { BankAccountType = account };
            }
            else
            {
                Refuse(64020, $"bankAccountType='{account}' (not consumer-checking, consumer-savings or commercial-checking)");
            }
        }
        if (spec.IsBank && !parameters.Any(p => p.Key == "AVSName")) Refuse(64014, "an ACH payment needs the Parameter AVSName");
        if (Given("chargeAmount") is { } amount)
        {
            if (!decimal.TryParse(
                amount, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var charge)
                || charge is < 0 or > MaxCharge)
            {
                Refuse(64003, $"paymentAmount='{amount}' (not a number between 0 and 1000000)");
            }
            else if (charge > 0)
            {
                spec = spec with { Charge = charge };
                // Measured by REST.
                if (Given("tokenType") is not null) Refuse(64020, "tokenType does not go with a chargeAmount");
            }
        }
        if (Given("tokenType") is { } token)
        {
            if (token is not ("one-time" or "reusable" or "payment-method"))
            {
                Refuse(64006, $"tokenType='{token}' (not one-time, reusable or payment-method)");
            }
            spec = spec with { TokenType = token };
        }
        if (Given("currency") is { } currency)
        {
            if (!CurrencyPattern().IsMatch(currency)) Refuse(64011, $"currency='{currency}' (not an ISO 4217 code)");
            spec = spec with { Currency = currency };
        }
        if (Given("input") is not (null or "dtmf")) Refuse(64020, $"input='{Given("input")}' (not dtmf)");
        if (Given("timeout") is { } timeout)
        {
            if (!int.TryParse(timeout, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 600)
            {
                Refuse(64020, $"timeout='{timeout}' (not a number between 1 and 600)");
            }
            else
            {
                spec = spec with { Timeout = TimeSpan.FromSeconds(seconds) };
            }
        }
        if (Given("validCardTypes") is { } types)
        {
            var names = types.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (names.FirstOrDefault(n => !CardKind.Names.Contains(n)) is { } stranger)
            {
                Refuse(64020, $"validCardTypes='{types}' ({stranger} is none)");
            }
            spec = spec with { CardTypes = [.. names] };
        }
        if (Given("minPostalCodeLength") is { } min)
        {
            if (!int.TryParse(min, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length < 1)
            {
                Refuse(64020, $"minPostalCodeLength='{min}' (not a positive number)");
            }
            else
            {
                spec = spec with { MinPostalCodeLength = length };
            }
        }
        spec = spec with { AsksSecurityCode = Flag("securityCode"), Connector = Given("paymentConnector") ?? "Default" };
        // true, false, or the code itself, which then is not asked for.
        if (Given("postalCode") is { } postal)
        {
            spec = bool.TryParse(postal, out var asks)
                ? spec with { AsksPostalCode = asks }
                : spec with { AsksPostalCode = false, PostalCode = postal };
        }
        return spec with { FaultCode = code, Fault = fault };
    }

    private IEnumerable<PayPiece> CardPieces()
    {
        yield return PayPiece.CardNumber;
        yield return PayPiece.ExpirationDate;
        if (AsksSecurityCode) yield return PayPiece.SecurityCode;
        if (AsksPostalCode) yield return PayPiece.PostalCode;
    }

    [GeneratedRegex("^[A-Za-z]{3}$", RegexOptions.CultureInvariant)]
    private static partial Regex CurrencyPattern();
}
