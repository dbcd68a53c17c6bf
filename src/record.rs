//! One description of a record: its struct, its owned copy, its differences and its JSON.

use std::borrow::Cow;

/// Defines a public struct that borrows from the input, and from the same list of fields
///
/// * `into_owned`,
/// * `differences`: the names of the fields in which two differ,
/// * with the feature `serde`, both directions of its JSON. `as (function)` writes another form of a field;
///   `=> key: function` writes a key after it that follows from the fields, and is passed over when it is read.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident<'a> {
            $(
                $(#[$field_meta:meta])*
                pub $field:ident: $type:ty $(as ($form:expr))? $(=> $key:ident: ($value:expr))*,
            )*
        }
    ) => {
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Deserialize))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        $(#[$meta])*
        pub struct $name<'a> {
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl $name<'_> {
            /// Returns the same value, which owns its text.
            pub fn into_owned(self) -> $name<'static> {
                $name { $($field: $crate::record::IntoOwned::into_owned(self.$field),)* }
            }

            /// Returns the names of the fields in which another value differs.
            pub fn differences(&self, other: &$name<'_>) -> Vec<&'static str> {
                let fields = [$((stringify!($field), self.$field != other.$field)),*];
                fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
            }
        }

        impl $crate::record::IntoOwned for $name<'_> {
            type Owned = $name<'static>;

            fn into_owned(self) -> $name<'static> {
                $name::into_owned(self)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct;

                let keys = [$(stringify!($field), $(stringify!($key),)*)*].len();
                let mut out = serializer.serialize_struct(stringify!($name), keys)?;
                $(
                    $crate::record::serialize_field!(out, self, $field $(as ($form))?);
                    $(out.serialize_field(stringify!($key), &($value)(self))?;)*
                )*
                out.end()
            }
        }
    };
}

/// Writes a field as it is, or in the form that a function gives it.
#[cfg(feature = "serde")]
macro_rules! serialize_field {
    ($out:ident, $self:ident, $field:ident) => {
        $out.serialize_field(stringify!($field), &$self.$field)?;
    };
    ($out:ident, $self:ident, $field:ident as ($form:expr)) => {
        $out.serialize_field(stringify!($field), &($form)($self))?;
    };
}

pub(crate) use record;
#[cfg(feature = "serde")]
pub(crate) use serialize_field;

/// What becomes a value that borrows nothing.
pub(crate) trait IntoOwned {
    type Owned;

    fn into_owned(self) -> Self::Owned;
}

impl IntoOwned for Cow<'_, str> {
    type Owned = Cow<'static, str>;

    fn into_owned(self) -> Cow<'static, str> {
        Cow::Owned(self.into_owned())
    }
}

impl<T: IntoOwned> IntoOwned for Option<T> {
    type Owned = Option<T::Owned>;

    fn into_owned(self) -> Option<T::Owned> {
        self.map(T::into_owned)
    }
}

impl<T: IntoOwned> IntoOwned for Vec<T> {
    type Owned = Vec<T::Owned>;

    fn into_owned(self) -> Vec<T::Owned> {
        self.into_iter().map(T::into_owned).collect()
    }
}

impl<T: IntoOwned> IntoOwned for Box<T> {
    type Owned = Box<T::Owned>;

    fn into_owned(self) -> Box<T::Owned> {
        Box::new((*self).into_owned())
    }
}

/// What borrows nothing as it is.
macro_rules! owned_already {
    ($($type:ty),+ $(,)?) => {
        $(
            impl $crate::record::IntoOwned for $type {
                type Owned = Self;

                fn into_owned(self) -> Self {
                    self
                }
            }
        )+
    };
}

owned_already!(
    bool,
    u8,
    u16,
    u32,
    i32,
    chrono::NaiveDate,
    chrono::DateTime<chrono::Utc>,
    crate::cable::Format,
    crate::field::classification::Level,
    crate::field::distribution::Direction,
    crate::field::distribution::DistributionRole,
    crate::field::precedence::MessagePrecedence,
    crate::field::precedence::Precedence,
    crate::field::reference::ReferenceKind,
    crate::field::reference::ReferenceLabel,
    crate::field::section::Section,
    crate::field::transmission::SecurityProsign,
);
