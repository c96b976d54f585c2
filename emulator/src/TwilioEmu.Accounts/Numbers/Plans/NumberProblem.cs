namespace TwilioEmu.Accounts.Numbers.Plans;

/// <summary>Why a number is not valid: the values of <c>validation_errors</c> (twilio.com/docs/lookup/v2-api).</summary>
public enum NumberProblem
{
    TooShort,
    TooLong,
    InvalidButPossible,
    InvalidCountryCode,
    InvalidLength,
    NotANumber,
}

/// <summary>The words of <see cref="NumberProblem"/>.</summary>
public static class NumberProblems
{
    public static string Wire(this NumberProblem problem) => problem switch
    {
        NumberProblem.TooShort => "TOO_SHORT",
        NumberProblem.TooLong => "TOO_LONG",
        NumberProblem.InvalidButPossible => "INVALID_BUT_POSSIBLE",
        NumberProblem.InvalidCountryCode => "INVALID_COUNTRY_CODE",
        NumberProblem.InvalidLength => "INVALID_LENGTH",
        NumberProblem.NotANumber => "NOT_A_NUMBER",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, null),
    };
}
